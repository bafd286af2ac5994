"""A release is replaced whole or not at all, and nothing that belongs to someone else is touched."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from pipeline.lock import exclusive
from pipeline.release import swap


def stage(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    """Files to publish, and their manifest."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return {"files": {name: {"sha256": swap.sha256(folder / name)} for name in files}}


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(params=["exchanged", "in place"])
def how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to publish."""
    if request.param == "in place":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    return str(request.param)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A release of three files."""
    swap.publish(tmp_path / "1", tmp_path / "data", stage(tmp_path / "1", {"a": "1", "b/c": "1", "d": "same"}))
    return tmp_path / "data"


def clean(root: Path) -> bool:
    return not [*root.glob(".tmp-*"), *root.glob("*/.tmp-*")]


def test_the_new_release_is_whole_and_the_old_one_gone(how: str, data: Path, tmp_path: Path) -> None:
    (data / "x.duckdb.wal").write_text("stale")
    (data / ".tmp-dead").mkdir()
    (data / ".tmp-dead" / "a").write_text("half")
    kept = (data / "d").stat().st_ino
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2", "d": "same", "e/f/g": "2"}))
    found = contents(data)
    manifest = json.loads(found.pop("manifest.json"))
    assert found == {"a": "2", "d": "same", "e/f/g": "2"} and set(manifest["files"]) == set(found)
    assert swap.verify(data) == [] and clean(tmp_path)
    assert (data / "d").stat().st_ino == kept


def test_what_belongs_to_someone_else_stays(how: str, data: Path, tmp_path: Path) -> None:
    (data / "notes.txt").write_text("of the owner")
    (data / "more" / "deep").mkdir(parents=True)
    (data / "more" / "own.txt").write_text("too")
    (data / "link").symlink_to("notes.txt")
    (data / "folder").symlink_to("more")
    data.chmod(0o750)
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2"}))
    assert (data / "notes.txt").read_text() == "of the owner" and (data / "more" / "own.txt").read_text() == "too"
    assert (data / "more" / "deep").is_dir()
    assert os.readlink(data / "link") == "notes.txt" and os.readlink(data / "folder") == "more"
    assert stat.S_IMODE(data.stat().st_mode) == 0o750
    assert not (data / "d").exists() and not (data / "b" / "c").exists()


def test_files_that_are_to_stay_as_they_are_stay(how: str, data: Path, tmp_path: Path) -> None:
    manifest = stage(tmp_path / "2", {"a": "other bytes", "d": "2"})
    asked = []

    def keep(folder: Path, new: dict[str, Any]) -> frozenset[str]:
        asked.append((folder, new))
        return frozenset({"a"})

    swap.publish(tmp_path / "2", data, manifest, keep)
    assert contents(data) | {"manifest.json": ""} == {"a": "1", "d": "2", "manifest.json": ""}
    assert asked == [(data, manifest)]


def test_a_link_to_the_release_folder_stays_a_link(data: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(data)
    swap.publish(tmp_path / "2", tmp_path / "link", stage(tmp_path / "2", {"a": "2"}))
    assert (tmp_path / "link").is_symlink() and (data / "a").read_text() == "2"


@pytest.mark.parametrize("at", ["n", "manifest.json"])
def test_a_full_disk_leaves_the_last_release(
    how: str, at: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(data)
    copy, write = swap._copy, swap._write_manifest

    def full(*arguments: Any) -> None:
        if at == "manifest.json" or arguments[1].name == at:
            raise OSError(28, "No space left on device")
        copy(*arguments)

    monkeypatch.setattr(swap, "_write_manifest" if at == "manifest.json" else "_copy", full)
    manifest = stage(tmp_path / "2", {"a": "2", "n": "2"})
    with pytest.raises(OSError, match="No space"):
        swap.publish(tmp_path / "2", data, manifest)
    assert contents(data) == before and clean(tmp_path)
    monkeypatch.setattr(swap, "_copy", copy)
    monkeypatch.setattr(swap, "_write_manifest", write)
    swap.publish(tmp_path / "2", data, manifest)
    assert swap.verify(data) == [] and (data / "n").read_text() == "2"


def test_a_parent_folder_that_cannot_be_written_is_no_hindrance(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = swap.tempfile.mkdtemp

    def refuse(prefix: str, dir: Path) -> str:
        if dir == tmp_path:
            raise PermissionError(13, "no")
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(swap.tempfile, "mkdtemp", refuse)
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2"}))
    assert (data / "a").read_text() == "2" and swap.verify(data) == []


def test_a_manifest_cannot_reach_outside(how: str, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("x")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "manifest.json").write_text(json.dumps({"files": {"../outside": {}}}))
    swap.publish(tmp_path / "1", tmp_path / "data", stage(tmp_path / "1", {"a": "1"}))
    assert (tmp_path / "outside").exists() and not (tmp_path / "data" / "outside").exists()


def test_a_damaged_manifest_is_as_none(tmp_path: Path) -> None:
    for said in ("{broken", "[1]"):
        (tmp_path / "manifest.json").write_text(said)
        assert swap.read_manifest(tmp_path) == {}
    (tmp_path / "manifest.json").write_text('{"files": {"ä": 1}}')
    assert swap.read_manifest(tmp_path) == {"files": {"ä": 1}}
    assert swap.read_manifest(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("text", ["{", '{"files": {"b": {}}}'])
def test_a_release_with_a_damaged_manifest_is_replaced(text: str, how: str, data: Path, tmp_path: Path) -> None:
    (data / "manifest.json").write_text(text)
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2", "b/c": "2", "d": "same"}))
    found = contents(data)
    del found["manifest.json"]
    assert found == {"a": "2", "b/c": "2", "d": "same"} and swap.verify(data) == [] and clean(tmp_path)


def test_verify_names_what_is_missing_or_differs(data: Path) -> None:
    assert swap.verify(data) == []
    (data / "a").write_text("2")
    (data / "b" / "c").unlink()
    assert swap.verify(data) == ["a", "b/c"]
    (data / "manifest.json").write_text('{"files": {"a": {}, "d": {"sha256": ""}, "x": {}}}')
    assert swap.verify(data) == ["x"]


def test_the_next_run_completes_one_that_was_killed_among_its_renames(data: Path) -> None:
    fresh = data / ".tmp-killed"
    manifest = stage(fresh, {"a": "2", "e/f": "2"})
    manifest["files"]["d"] = {"sha256": swap.sha256(data / "d")}
    (fresh / "manifest.json").write_text(json.dumps(manifest))
    (data / "e").mkdir()
    os.replace(fresh / "e" / "f", data / "e" / "f")
    swap.recover(data)
    assert set(contents(data)) == {"a", "d", "e/f", "manifest.json"} and (data / "a").read_text() == "2"
    assert swap.verify(data) == [] and clean(data.parent)


def test_the_next_run_removes_what_one_killed_earlier_left(data: Path, tmp_path: Path) -> None:
    half, old, other = (tmp_path / f".tmp-{name}" for name in ("data-half", "data-old", "other-data"))
    stage(half, {"a": "half", "only": "half"})
    (old / "sub").mkdir(parents=True)
    (old / "manifest.json").write_text('{"files": {"gone": {}}}')
    (old / "gone").write_text("of the old release")
    (old / "sub" / "late.txt").write_text("put there by someone at the last moment")
    (old / "a").write_text("not to replace what is there")
    other.mkdir()
    swap.recover(data)
    assert not half.exists() and not old.exists() and other.exists()
    assert set(contents(data)) == {"a", "b/c", "d", "manifest.json", "sub/late.txt"}
    assert (data / "a").read_text() == "1"


def test_where_files_cannot_be_linked_they_are_copied(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "notes.txt").write_text("mine")
    (data / "link").symlink_to("notes.txt")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(swap.os, "link", refuse)
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2", "d": "same"}))
    found = contents(data)
    assert (found["a"], found["d"], found["notes.txt"]) == ("2", "same", "mine") and (data / "link").is_symlink()


def test_the_exchange_is_one_call_or_none(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    (tmp_path / "1" / "x").touch()
    assert swap._exchange(tmp_path / "1", tmp_path / "2") is True
    assert (tmp_path / "2" / "x").exists() and not (tmp_path / "1" / "x").exists()
    assert swap._exchange(tmp_path / "1", tmp_path / "none") is False


def test_every_byte_is_on_the_disk_before_the_exchange(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync, exchange = os.fsync, swap._exchange

    def note(handle: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        sync(handle)

    def exchanged(one: Path, other: Path) -> bool:
        synced.append("exchange")
        return exchange(one, other)

    monkeypatch.setattr(swap.os, "fsync", note)
    monkeypatch.setattr(swap, "_exchange", exchanged)
    swap.publish(tmp_path / "2", data, stage(tmp_path / "2", {"a": "2", "d": "same"}))
    assert synced[:2] == ["a", "manifest.json"] and synced[3:] == ["exchange", tmp_path.name]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with exclusive(tmp_path):
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    said = []
    try:
        with (
            pytest.raises(TimeoutError, match="another run"),
            exclusive(tmp_path, wait=0.3, waiting=lambda: said.append("waiting")),
        ):
            pass
    finally:
        os.write(go[1], b"x")
        os.waitpid(child, 0)
    with exclusive(tmp_path, wait=0.2, waiting=lambda: said.append("again")):
        pass
    assert said == ["waiting"]


def test_a_worker_does_not_hold_what_its_killed_run_held(tmp_path: Path) -> None:
    with exclusive(tmp_path):
        ready, go = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            os.write(ready[1], b"x")
            os.read(go[0], 1)
            os._exit(0)
        os.read(ready[0], 1)
    with exclusive(tmp_path, wait=0.2):
        pass
    os.write(go[1], b"x")
    os.waitpid(child, 0)


def test_a_folder_that_is_exchanged_while_one_waits_for_it_is_not_held_by_its_old_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    real, calls = os.open, []

    def exchange_after_open(path: Path, flags: int) -> int:
        handle = real(path, flags)
        if not calls:
            folder.rename(tmp_path / "old")
            folder.mkdir()
        calls.append(path)
        return handle

    monkeypatch.setattr("pipeline.lock.os.open", exchange_after_open)
    with exclusive(folder, wait=2):
        assert len(calls) == 2
