"""Faults other than kills: after each the release must be whole, the message one line, and the next run complete.

python -m tests.campaigns.faults            all of them, as a table
python -m tests.campaigns.faults full       those whose name begins so
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.settings import PROJECT
from tests.campaigns import victim
from tests.campaigns.kill import mend, other
from tests.campaigns.world import World

Outcome = Iterator[tuple[str, str]]


def _failed(world: World, status: int, statuses: tuple[int, ...] = (1, 2)) -> str:
    """What a run that had to fail said, on its one line of error."""
    lines = world.said.read_text().strip().splitlines()
    assert status in statuses, (status, lines[-3:])
    said = [line for line in lines if line.startswith("error:")]
    assert len(said) == 1 and not any(line.startswith("Traceback") for line in lines), lines[-12:]
    return said[0].replace(str(world.root), "…")[:170]


def small_files(world: World, sizes: tuple[int, ...] = (4_000, 40_000, 400_000, 2_000_000)) -> Outcome:
    """No file may grow beyond a size (a quota)."""
    for size in sizes:
        before = world.published()
        world.put(other(world))
        status = victim.run(world.arguments, world.said, lambda size=size: _limited(size))
        assert world.published() == (before if status else other_of(before))
        yield f"files of at most {size:,} bytes", _failed(world, status) if status else "published"
        mend(world)


def _limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def other_of(version: str) -> str:
    """The other version."""
    return "new" if version == "old" else "old"


def full_disk(world: World, sizes: tuple[int, ...] = (100, 600, 1_500, 3_000, 5_000)) -> Outcome:
    """The file system of work and data folder is full: a small one in a mount namespace of its own."""
    for kilobytes in sizes:
        said = world.root / "disk.txt"
        script = (
            "import sys\n"
            "from tests.campaigns.faults import on_small_disk\n"
            f"sys.exit(on_small_disk({str(world.root)!r}, {kilobytes}))\n"
        )
        with said.open("w") as out:
            status = subprocess.run(
                ["unshare", "-m", sys.executable, "-c", script], cwd=PROJECT, stdout=out, stderr=out, check=False
            ).returncode
        lines = said.read_text().strip().splitlines()
        assert status == 0, lines[-8:]
        yield f"disk with {kilobytes:,} kB left", lines[-1].replace(str(world.root), "…")[:170]


def on_small_disk(root: str, kilobytes: int) -> int:
    """In a mount namespace: a release on a small disk, then filled but for so much, a run, room again, a run."""
    disk = Path(root) / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)], check=True)
    world = World(disk)
    world.said = Path(root) / "disk-said.txt"
    world.prepare()
    world.put(other(world))
    room = os.statvfs(disk)
    fill = room.f_bavail * room.f_frsize - kilobytes * 1024
    (disk / "fill").write_bytes(b"\0" * fill)
    before = world.published()
    status = victim.run(world.arguments, world.said)
    assert world.published() == (before if status else other_of(before))
    outcome = _failed(world, status) if status else "published"
    (disk / "fill").unlink()
    mend(world)
    print(outcome)
    return 0


def read_only(world: World) -> Outcome:
    """The output folder may not be written."""
    before = world.published()
    world.put(other(world))
    for place in (world.data, world.data.parent):
        os.chmod(place, 0o555)
    try:
        status = victim.run(world.arguments, world.said, _nobody)
        message = _failed(world, status, (2,))
    finally:
        for place in (world.data, world.data.parent):
            os.chmod(place, 0o755)
    assert world.published() == before
    mend(world)
    yield "output folder read-only", message


def _nobody() -> None:
    """Root may write anywhere: become someone else."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setuid(65534)


def at_once(world: World, counts: tuple[int, ...] = (2, 4)) -> Outcome:
    """Several runs over the same folders at once, and over the same output with work folders of their own."""
    for count in counts:
        for apart in (False, True):
            wanted = other(world)
            world.put(wanted)
            children = []
            for number in range(count):
                arguments = list(world.arguments)
                if apart:
                    arguments[arguments.index("--work") + 1] = str(world.root / f"work-{number}")
                children.append(victim.start(arguments, world.root / f"said-{number}.txt"))
            statuses = [victim.finish(child) for child in children]
            assert statuses == [0] * count, [(world.root / f"said-{n}.txt").read_text()[-300:] for n in range(count)]
            assert world.published() == wanted
            yield f"{count} runs at once, {'other' if apart else 'same'} work folder", "all published the same release"


def clock(world: World) -> Outcome:
    """The clock of the day goes back and forth by days while the run goes on."""
    wanted = other(world)
    world.put(wanted)
    for file in (world.root / "seeds").iterdir():
        os.utime(file, (4e9, 4e9))
    assert victim.run(world.arguments, world.said, victim.jump) == 0, world.said.read_text()
    assert world.published() == wanted
    yield "clock jumps by days, files from the future", "published"


def changing(world: World) -> Outcome:
    """Files appear, change and go while the folder is read."""
    seeds = world.root / "seeds"
    for turn in range(3):
        done = threading.Event()
        child = victim.start(world.arguments, world.said)

        def stir(done: threading.Event = done, turn: int = turn) -> None:
            chance = random.Random(turn)
            while not done.is_set():
                file = seeds / f"extra-{chance.randrange(3)}.txt"
                with suppress(OSError):
                    file.write_text("Velmora is led by Tuscany. " * chance.randrange(1, 2_000))
                    if chance.random() < 0.4:
                        file.unlink()
                time.sleep(0.001)

        thread = threading.Thread(target=stir)
        thread.start()
        status = victim.finish(child)
        done.set()
        thread.join()
        assert status == 0, world.said.read_text()
        from pipeline.release import swap

        assert swap.verify(world.data) == []
    world.put("old")
    assert victim.run(world.arguments, world.said) == 0 and world.published() == "old"
    yield "input folder changes while it is read (3 times)", "published; the next run gives what stands there then"


def damaged(world: World, times: int = 10) -> Outcome:
    """One bit of the cache, of what is staged or of the release is flipped, or the file cut short."""
    chance = random.Random(0)
    places = ["work/extractions/*/*.parquet", "work/documents.parquet", "work/staged/tables/evidence.parquet"]
    places += ["data/s3_partnerships.duckdb", "data/parquet/evidence.parquet", "data/manifest.json"]
    for place in places:
        for turn in range(times):
            file = next(world.root.glob(place))
            raw = bytearray(file.read_bytes())
            if turn % 5 == 4:
                file.write_bytes(raw[: chance.randrange(len(raw))])
            else:
                raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
                file.write_bytes(raw)
            world.put("old")
            assert victim.run(world.arguments, world.said) == 0, world.said.read_text()
            assert world.published() == "old"
        yield f"{place} damaged ({times} times)", "the next run publishes the right release"


def older(world: World) -> Outcome:
    """A cache of an earlier extractor, and one of another shape."""
    import pyarrow.parquet as parquet

    for column in ("key", "extraction"):
        cache = next((world.work / "extractions").rglob("*.parquet"))
        table = parquet.read_table(cache)
        parquet.write_table(table.rename_columns([f"old_{n}" if n == column else n for n in table.column_names]), cache)
        assert victim.run(world.arguments, world.said) == 0, world.said.read_text()
        assert world.published() == "old" and "0 from the cache" in world.said.read_text()
        yield f"cache of an earlier version (another {column})", "extracted anew, same release"


FAULTS: list[Callable[[World], Outcome]] = [
    small_files,
    full_disk,
    read_only,
    at_once,
    clock,
    changing,
    damaged,
    older,
]


def main() -> int:
    """A line for each fault; stops where a release is not whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="beginnings of the names of faults")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="s3-faults-") as folder:
        os.chmod(folder, 0o755)
        Path(folder, "file").touch()
        os.environ["DAGSTER_HOME"] = f"{folder}/file/history"
        world = World(Path(folder))
        world.prepare()
        for fault in FAULTS:
            if not given.names or fault.__name__.startswith(tuple(given.names)):
                world.put("old")
                assert victim.run(world.arguments, world.said) == 0, world.said.read_text()
                for what, outcome in fault(world):
                    print(f"{what}: {outcome}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
