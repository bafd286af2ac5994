"""Faults in short; `python -m tests.campaigns.kill` and `python -m tests.campaigns.faults` try each of them often."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pyarrow.parquet as parquet
import pytest

from pipeline.definitions import define
from pipeline.engine import extract_all
from pipeline.history import fail_leftovers, tags
from pipeline.lock import exclusive
from pipeline.preflight import Unusable, prepare_folders
from pipeline.read import files as reading
from pipeline.read import read_folder
from pipeline.release import swap
from pipeline.run import _QUIET
from pipeline.settings import Settings
from pipeline.staging import load_documents, load_staged, repair, save_documents, stage
from tests.campaigns import kill, victim
from tests.campaigns.world import World
from tests.house.test_swap import clean, contents
from tests.house.test_swap import stage as files_to_publish


@pytest.mark.parametrize("way", ["exchanged", "in place"])
def test_a_kill_at_any_act_of_publishing_leaves_a_whole_release(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "in place":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    data = tmp_path / "data"
    stands = set()
    for act in range(1, 400):
        first = files_to_publish(tmp_path / "1", {"a": "1", "b": "1", "c/d": "1", "gone": "1"})
        swap.publish(tmp_path / "1", data, first)
        old = contents(data)
        second = files_to_publish(tmp_path / "2", {"a": "2", "b": "2", "c/d": "1", "e/f": "2"})
        child = os.fork()
        if child == 0:
            victim.kill_at(act)()
            swap.publish(tmp_path / "2", data, second)
            os._exit(0)
        killed = victim.finish(child) != 0
        if way == "exchanged":
            assert swap.verify(data) == []
            assert contents(data) == old if swap.read_manifest(data) == first else "e/f" in contents(data)
        with exclusive(data):
            swap.recover(data)
        assert swap.verify(data) == [] and clean(tmp_path)
        now = swap.read_manifest(data)
        assert now in (first, second) and contents(data).keys() == {*now["files"], "manifest.json"}
        stands.add(now == second)
        if not killed:
            break
    assert act > 20 and not killed and stands == {True, False}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "file" / "nowhere"))
    world = World(tmp_path)
    world.prepare(warm=False)
    return world


def test_killed_runs_and_runs_at_once_leave_the_right_release(world: World) -> None:
    assert kill.strike(world, "ctypes.dlsym in pipeline/release/swap.py:_exchange") == ("old", True)
    wanted = kill.other(world)
    world.put(wanted)
    children = [victim.start(world.arguments, world.root / f"said-{n}") for n in range(2)]
    assert [victim.finish(child) for child in children] == [0, 0], (world.root / "said-1").read_text()
    assert world.published() == wanted and world.leftovers() == []


def test_a_bit_flipped_in_the_cache_changes_no_result(settings: Settings) -> None:
    documents = read_folder(settings.seeds, settings)
    good = extract_all(documents, settings)
    chance = random.Random(0)
    for turn in range(60):
        file = next((settings.work / "extractions").rglob("*.parquet"))
        raw = bytearray(file.read_bytes())
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        file.write_bytes(raw if turn % 6 else raw[: chance.randrange(len(raw))])
        assert extract_all(documents, settings) == good


def test_a_cache_of_another_version_is_not_used(settings: Settings) -> None:
    documents = read_folder(settings.seeds, settings)
    good = extract_all(documents, settings)
    for change in ({"key": "old"}, {"extraction": "found"}):
        file = next((settings.work / "extractions").rglob("*.parquet"))
        table = parquet.read_table(file)
        parquet.write_table(table.rename_columns([change.get(name, name) for name in table.column_names]), file)
        again = extract_all(documents, settings)
        assert again == good and len(again.fresh) == len(good)


def test_a_bit_flipped_in_what_is_staged_is_noticed(settings: Settings, whole: object) -> None:
    stage(whole.tables, whole.documents, settings.work)  # type: ignore[attr-defined]
    save_documents(whole.documents, settings.work)  # type: ignore[attr-defined]
    good = load_staged(settings).tables["evidence"]
    chance = random.Random(0)
    for path in ("documents.parquet", "staged/tables/evidence.parquet"):
        file = settings.work / path
        raw = file.read_bytes()
        for _ in range(60):
            broken = bytearray(raw)
            broken[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            file.write_bytes(broken)
            try:
                documents, found = list(load_documents(settings.work)), load_staged(settings)
                evidence = found.tables["evidence"]
            except Exception:
                continue
            assert documents == whole.documents  # type: ignore[attr-defined]
            assert evidence.equals(good)
        file.write_bytes(raw)


def test_repair_removes_what_killed_runs_left(settings: Settings) -> None:
    for name in ("staged-dead/tables", "release-dead", "text/of"):
        (settings.work / name).mkdir(parents=True)
    (settings.work / "text" / "of" / ".tmp-dead").touch()
    (settings.data.parent / f".tmp-{settings.data.name}-dead").mkdir()
    repair(settings)
    assert sorted(p.name for p in settings.work.iterdir()) == ["text"]
    assert not list((settings.work / "text" / "of").iterdir())
    assert [p.name for p in settings.data.parent.iterdir() if p.name.startswith(".tmp-")] == []


def test_a_killed_run_is_shown_as_failed(tmp_path: Path, settings: Settings) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        job = define(settings, held=True).resolve_job_def("everything")
        other = replace(settings, work=tmp_path / "other")
        runs = [
            instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags=marks)
            for marks in (tags(settings), tags(other), {})
        ]
        fail_leftovers(instance, settings)
        found = [instance.get_run_by_id(run.run_id) for run in runs]
        assert [run.status.value for run in found if run] == ["FAILURE", "STARTED", "STARTED"]


def test_a_killed_run_of_the_page_is_shown_as_failed(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the page starts it: nothing but the job, which takes hold of the folder itself."""
    monkeypatch.setattr("pipeline.assets.documents.save_documents", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        child = os.fork()
        if child == 0:
            define(settings).resolve_job_def("everything").execute_in_process(instance=instance, run_config=_QUIET)
            os._exit(0)
        assert victim.finish(child) == -signal.SIGKILL
        (record,) = instance.get_run_records()
        assert record.dagster_run.status == dg.DagsterRunStatus.STARTED
        fail_leftovers(instance, settings)
        (record,) = instance.get_run_records()
        assert record.dagster_run.status == dg.DagsterRunStatus.FAILURE


def test_a_run_of_the_page_waits_for_the_command_line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.definitions._WAIT", 0.2)
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with exclusive(settings.work):
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    try:
        with dg.DagsterInstance.ephemeral() as instance:
            job = define(settings).resolve_job_def("everything")
            with pytest.raises(Exception, match=r"another run holds|settings") as caught:
                job.execute_in_process(instance=instance)
            assert "another run holds" in f"{caught.value} {caught.value.__cause__}"
    finally:
        os.write(go[1], b"x")
        victim.finish(child)
    assert not (settings.data / "manifest.json").exists()


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("whole")
    real, turns = os.fstat, iter(range(100))
    for changes, says in ((1, None), (100, "changes while it is read")):
        turns = iter(range(100))

        def fstat(handle: int, changes: int = changes, turns: Iterator[int] = turns) -> os.stat_result:
            found = real(handle)
            turn = next(turns)
            if turn < changes:
                os.utime(file, ns=(turn, turn))
            return found

        monkeypatch.setattr(reading.os, "fstat", fstat)
        if says:
            with pytest.raises(reading.Unreadable, match=says):
                reading.fetch(file, tmp_path, 100)
        else:
            assert reading.fetch(file, tmp_path, 100)[1] == b"whole"


def test_a_file_that_goes_before_it_is_read_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = settings.seeds / "gone.txt"
    monkeypatch.setattr("pipeline.read.document_files", lambda seeds: iter([settings.seeds / "velmora.txt", gone]))
    found = {d.document_id: d.status for d in read_folder(settings.seeds, settings)}
    assert found == {"velmora": "read", "gone": "quarantined"}


def test_folders_that_may_not_be_written_are_named(tmp_path: Path, settings: Settings) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o555)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing"
        try:
            if os.geteuid() == 0:
                os.seteuid(65534)
            from pipeline.preflight import _make_writable

            _make_writable(data, "output")
        except Unusable as error:
            said = str(error)
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    victim.finish(child)
    assert os.read(reader, 1000).decode().startswith(f"cannot write to the output folder {data}")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("x")
    (tmp_path / "seeds" / "suppress.csv").write_text("name\nJo Doe\n")
    with pytest.raises(Unusable, match="no column `digest`"):
        prepare_folders(replace(settings, seeds=tmp_path / "seeds"))
