from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.sources import discover, refuse_collisions
from tests.files import put

FILES = dict.fromkeys(
    (
        "in/a.txt",
        "in/b.md",
        "in/c.png",
        "in/.hidden.txt",
        "in/.config/d.txt",
        "in/.git/e.txt",
        "in/.cleaner/ledger.jsonl",
        "in/sub/f.jsonl.gz",
        "in/sub/drafts/g.txt",
        "in/sub/drafts/keep.txt",
        "in/page.html",
        "out/h.txt",
    ),
    "x",
)
ALL = [
    ".config/d.txt",
    ".hidden.txt",
    "a.txt",
    "b.md",
    "page.txt",
    "sub/drafts/g.txt",
    "sub/drafts/keep.txt",
    "sub/f.jsonl.gz",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _targets(inputs: Sequence[str | Path], **settings: object) -> list[str]:
    return [source.target for source in discover([Path(own) for own in inputs], Config(**settings)).sources]  # type: ignore[arg-type]


def _skipped(*inputs: str, **settings: object) -> dict[str, tuple[str, bool]]:
    found = discover([Path(own) for own in inputs], Config(**settings))  # type: ignore[arg-type]
    return {skipped.place: (skipped.reason, skipped.error) for skipped in found.skipped}


@pytest.mark.parametrize(
    ("inputs", "settings", "targets"),
    [
        (["in"], {}, ALL),
        (["."], {"include": ("out/",)}, ["out/h.txt"]),
        (["in", "out"], {}, [*(f"in/{name}" for name in ALL), "out/h.txt"]),
        (["out", "in"], {}, [*(f"in/{name}" for name in ALL), "out/h.txt"]),
        (["in/a.txt"], {}, ["a.txt"]),
        (["in/sub/drafts/g.txt", "in/a.txt"], {}, ["a.txt", "g.txt"]),
        (["in/a.txt", "./in/a.txt", "in/sub/../a.txt"], {}, ["a.txt"]),
        (["in"], {"exclude": ("drafts/", "*.md", ".*")}, ["a.txt", "page.txt", "sub/f.jsonl.gz"]),
        (["in"], {"exclude": ("*", "!in/", "!in/a.txt")}, ["a.txt"]),
        (
            ["in"],
            {"exclude": ("**/drafts/*", "!keep.txt", ".*", "*.md", "*.html")},
            ["a.txt", "sub/drafts/keep.txt", "sub/f.jsonl.gz"],
        ),
        (["in"], {"exclude": ("/a.txt", "/in/sub", ".*")}, ["a.txt", "b.md", "page.txt"]),
        (["in"], {"include": ("*.md", "sub/**/g.txt", "in/sub/drafts/g.txt")}, ["b.md", "sub/drafts/g.txt"]),
        (["in"], {"include": ("*.md", "*.txt"), "exclude": ("b.*", ".*", "sub")}, ["a.txt"]),
        (["in/a.txt", "in/b.md"], {"exclude": ("*.md",)}, ["a.txt"]),
        (["in/a.txt", "in/b.md"], {"include": ("*.md",)}, ["b.md"]),
        (["in/sub/drafts/g.txt"], {"exclude": ("drafts/",)}, []),
        (["in/.cleaner/ledger.jsonl", "in/.git/e.txt"], {}, []),
        ([], {}, []),
    ],
)
def test_what_is_read_and_where_it_goes(
    folder: Path, inputs: list[str], settings: dict[str, object], targets: list[str]
) -> None:
    assert _targets(inputs, **settings) == targets
    assert _targets([folder / own for own in inputs], **settings) == targets
    assert _skipped(*inputs, **settings) == {}


def test_patterns_count_from_the_configuration_and_outside_it_from_the_tree(folder: Path) -> None:
    assert _targets(["in"], exclude=("/sub", "/.*"), base=folder / "in") == ["a.txt", "b.md", "page.txt"]
    assert _targets(["in"], exclude=("/sub", "/.*"), base=folder / "elsewhere") == ["a.txt", "b.md", "page.txt"]
    assert len(_targets(["in"], exclude=("/sub",), base=folder)) == len(ALL)


@pytest.mark.parametrize(
    ("given", "root", "relative"),
    [
        ("in", "in", "sub/f.jsonl.gz"),
        ("in/sub", "in/sub", "f.jsonl.gz"),
        ("in/sub/f.jsonl.gz", ".", "in/sub/f.jsonl.gz"),
    ],
)
def test_the_tree_a_file_belongs_to(folder: Path, given: str, root: str, relative: str) -> None:
    source = next(own for own in discover([Path(given)], Config()).sources if own.path.name == "f.jsonl.gz")
    assert (source.root, source.relative, source.packing) == (Path(root), relative, ".gz")
    assert (source.root / source.relative).samefile(source.path)


def test_a_file_outside_the_working_folder_belongs_to_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "out")
    (source,) = discover([folder / "in/a.txt"], Config()).sources
    assert (source.root, source.relative) == (folder / "in", "a.txt")
    (source,) = discover([Path("../in/a.txt")], Config()).sources
    assert (source.root, source.relative) == (Path("../in"), "a.txt")


def test_links_are_not_followed(folder: Path) -> None:
    (folder / "in/out-of-tree").symlink_to(folder / "out")
    (folder / "in/loop").symlink_to(folder / "in")
    (folder / "in/link.txt").symlink_to("a.txt")
    (folder / "in/away.txt").symlink_to(folder / "out/h.txt")
    (folder / "in/broken.txt").symlink_to("nothing")
    (folder / "in/picture.png").symlink_to("c.png")
    assert _targets(["in"]) == ALL
    link = ("a symbolic link, which is not followed", False)
    names = ("away.txt", "broken.txt", "link.txt", "loop", "out-of-tree")
    assert _skipped("in") == {f"in/{name}": link for name in names}
    assert _skipped("in", exclude=("*.txt", "/in/loop", "out-of-tree")) == {}
    assert _skipped("in/link.txt", "in/broken.txt") == {
        "in/link.txt": (link[0], True),
        "in/broken.txt": (link[0], True),
    }


def test_a_link_that_is_named_as_the_folder_to_clean_is_that_folder(folder: Path) -> None:
    (folder / "link").symlink_to("in")
    assert _targets(["link"]) == ALL


def test_special_files_are_passed_over_without_waiting(folder: Path) -> None:
    os.mkfifo(folder / "in/pipe.txt")
    os.mkfifo(folder / "in/pipe")
    assert _targets(["in"]) == ALL
    assert _skipped("in") == {"in/pipe.txt": ("neither a file nor a folder", False)}
    assert _skipped("in/pipe.txt") == {"in/pipe.txt": ("not a regular file", True)}
    (folder / "in/folder.txt").mkdir()
    assert _targets(["in"]) == ALL


def test_named_files_without_a_reader_are_errors_and_others_are_not(folder: Path) -> None:
    assert _skipped("in/c.png", "nowhere") == {
        "in/c.png": (
            "no reader for it; allowed: .htm, .html, .jsonl, .markdown, .md, .ndjson, .text, .txt, "
            "each also .gz or .zst",
            True,
        ),
        "nowhere": ("no such file or folder", True),
    }
    assert _skipped("in/c.png", exclude=("*.png",)) == {}


@pytest.mark.parametrize(
    ("inputs", "target"),
    [
        (["in/a.txt", "in/sub/a.txt"], "a.txt"),
        (["x/in", "y/in"], "in/a.txt"),
        (["in/page.html", "in/page.txt"], "page.txt"),
        (["in/page.html", "in/page.htm.gz"], "page.txt"),
    ],
)
def test_two_files_for_one_place_are_found_and_refused_for_an_output(
    folder: Path, inputs: list[str], target: str
) -> None:
    put(folder, dict.fromkeys(("in/sub/a.txt", "x/in/a.txt", "y/in/a.txt", "in/page.txt", "in/page.htm.gz"), "x"))
    sources = discover([Path(own) for own in inputs], Config()).sources
    assert len(sources) == 2
    with pytest.raises(UsageError, match=f"would both be written to {target}; clean them in two runs"):
        refuse_collisions(sources)
    refuse_collisions(sources[:1])


def test_sites(folder: Path) -> None:
    config = Config(sites={"in/sub/": "sub.org", "*.md": "md.org", "drafts/": "never.org"})
    sites = {source.relative: source.site for source in discover([Path("in")], config).sources}
    assert sites == {name.replace("page.txt", "page.html"): None for name in ALL} | {
        "b.md": "md.org", "sub/f.jsonl.gz": "sub.org", "sub/drafts/g.txt": "sub.org", "sub/drafts/keep.txt": "sub.org"
    }  # fmt: skip


def test_names_that_are_not_utf_8(folder: Path) -> None:
    name = os.fsdecode(b"gr\xf6\xdfe.txt")
    try:
        put(folder / "odd", {name: "x"})
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert _targets(["odd"]) == [name]
    assert _targets(["odd"], exclude=("*.txt",)) == []
