"""Who may import whom (docs and DESIGN: each row only rows above it), and what must not be imported at all."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"

PURE = (
    "errors", "model", "facts", "text", "fingerprint", "language", "edits", "tokens", "blocks", "ruleschema",
    "rulepattern", "ruleset", "views", "keepmarks", "batch", "dedup", "sites", "score", "detectors", "proposals",
    "gaps", "judgements", "spare", "evidence", "decide", "cleaning", "evaluation", "fit", "examples", "reports",
)  # fmt: skip
EFFECTS = (
    "encodings", "files", "decisions", "shuffle", "rulecache", "packs", "weightfiles", "rulecode", "webpage", "readers",
    "writers", "config", "work", "ledger", "baseline", "sources", "index", "starting", "repository", "attributes",
    "engines", "run", "surveying", "indexed", "indexfiles", "indexing", "indexsketches", "pktline", "driver",
    "gathered", "duplicates", "writing", "restoring", "reporting", "recorded", "reviewing", "api",
    "__init__", "cli", "__main__",
)  # fmt: skip
ROWS = {name: number for number, name in enumerate((*PURE, *EFFECTS))}
DETECTORS = (
    "syntax", "literals", "relax", "prefilter", "sections", "patterns", "repeats", "plugs", "threads", "replies",
    "contents", "template", "learned", "__init__",
)  # fmt: skip

FORBIDDEN = {"os", "pathlib", "sys", "time", "logging", "subprocess", "shutil", "tempfile", "io", "socket", "random"}
HEAVY = (
    "datasketch", "trafilatura", "pyarrow", "ray", "scipy", "sklearn", "rapidfuzz", "markdown_it", "jinja2",
)  # fmt: skip

MODULES = {
    path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", "."): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def _row(module: str) -> str:
    """The row of a module: its name below ``cleaner``, or ``__init__`` for the package itself."""
    return module.split(".")[1] if "." in module else "__init__"


def _imports(module: str, source: str) -> Iterator[str]:
    """Modules named by any import of the source, those in functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import in line {node.lineno}"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if node.module == "cleaner" and alias.name == "__version__":
                    continue  # a string, there before anything is imported
                yield full if full in MODULES or f"{full}.__init__" in MODULES else str(node.module)


def _own(module: str, source: str) -> set[str]:
    names = {name for name in _imports(module, source) if name.split(".")[0] == "cleaner"}
    return {f"{name}.__init__" if f"{name}.__init__" in MODULES else name for name in names}


def _breaches(module: str, source: str) -> list[str]:
    row = _row(module)
    if row not in ROWS:
        return [f"{module} has no row in tests/test_layers.py"]
    found = []
    for name in _own(module, source):
        other = _row(name)
        if other == "detectors" == row:
            here, there = module.split(".")[2], name.split(".")[2]
            if DETECTORS.index(there) >= DETECTORS.index(here):
                found.append(f"{module} imports {name}")
        elif other != row and ROWS[other] > ROWS[row]:
            found.append(f"{module} imports {name}")
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_rows_above(module: str) -> None:
    assert _breaches(module, MODULES[module].read_text("utf-8")) == []


def test_no_cycle() -> None:
    graph = {module: _own(module, path.read_text("utf-8")) - {module} for module, path in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)


@pytest.mark.parametrize(
    ("module", "source", "count"),
    [
        ("cleaner.text", "from cleaner.model import Block", 0),
        ("cleaner.text", "def f():\n    from cleaner.edits import apply", 1),
        ("cleaner.text", "from cleaner import decide", 1),
        ("cleaner.model", "if TYPE_CHECKING:\n    import cleaner.batch", 1),
        ("cleaner.detectors.relax", "from cleaner.detectors.plugs import Plugs", 1),
        ("cleaner.detectors.plugs", "from cleaner.detectors.relax import relax", 0),
        ("cleaner.detectors.plugs", "from cleaner.detectors import Detector", 1),
        ("cleaner.helpers", "", 1),
    ],
)
def test_a_breach_is_seen(module: str, source: str, count: int) -> None:
    assert len(_breaches(module, source)) == count


def _effects(module: str, source: str) -> list[str]:
    found = [name for name in _imports(module, source) if name.split(".")[0] in FORBIDDEN]
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"print", "open", "input"}
        ):
            found.append(f"{node.func.id}() in line {node.lineno}")
    return found


@pytest.mark.parametrize("module", [module for module in MODULES if _row(module) in PURE])
def test_above_the_line_nothing_has_side_effects(module: str) -> None:
    assert _effects(module, MODULES[module].read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "count"), [("import os.path", 1), ("def f():\n    print(1)", 1), ("import re\nx.open()", 0)]
)
def test_a_side_effect_is_seen(source: str, count: int) -> None:
    assert len(_effects("cleaner.text", source)) == count


@pytest.mark.parametrize("module", ["cleaner", "cleaner.detectors", "cleaner.cleaning", "cleaner.duplicates"])
def test_the_light_path_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.split() == []


def test_markdown_is_parsed_only_for_markdown() -> None:
    code = (
        "import sys\nfrom cleaner.blocks import split\nsplit('# a')\nassert 'markdown_it' not in sys.modules\n"
        "split('# a', 'markdown')\nprint('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.split() == ["True"]
