from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.files import replace


def test_a_new_file_has_the_usual_mode_and_an_old_one_what_it_is_given(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        replace(tmp_path / "new", [b"a", b"", b"b"])
        assert (tmp_path / "new").stat().st_mode & 0o7777 == 0o640
    finally:
        os.umask(old)
    (tmp_path / "new").chmod(0o751)
    replace(tmp_path / "new", [b"c"], (tmp_path / "new").stat())
    assert (tmp_path / "new").stat().st_mode & 0o7777 == 0o751
    assert (tmp_path / "new").read_bytes() == b"c"


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt(), ValueError("x")])
def test_what_goes_wrong_leaves_the_old_file_alone(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"new"
        raise error

    with pytest.raises(type(error)):
        replace(tmp_path / "a", chunks())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_the_old_file_is_there_until_all_is_written_and_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    events: list[str] = []
    sync, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        events.append(f"sync {os.fstat(handle).st_size if stat.S_ISREG(os.fstat(handle).st_mode) else 'folder'}")
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        events.append(f"rename over {target.read_bytes().decode()}")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", renamed)
    replace(path, [b"new!"])
    assert events == ["sync 4", "rename over old", "sync folder"]


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    replace(tmp_path / "link", [b"new"])
    assert (tmp_path / "target").read_bytes() == b"old"
    assert (tmp_path / "link").read_bytes() == b"new"


def test_a_folder_that_is_not_there_or_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "folder/x").mkdir(parents=True)
    for path in (tmp_path / "no/a", tmp_path / "folder"):
        with pytest.raises(OSError, match=r"No such file|directory"):
            replace(path, [b"x"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
