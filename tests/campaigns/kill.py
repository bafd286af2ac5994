"""Kill runs at each named point and at random moments; after each the release must be whole, the next run complete.

python -m tests.campaigns.kill --times 100
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.campaigns import victim
from tests.campaigns.world import World


def points(world: World) -> list[tuple[int, str]]:
    """The acts of a run from the published version to the other: of each name the first, second and last."""
    world.put(other(world))
    assert victim.run(world.arguments, world.said, victim.tell) == 0, world.said.read_text()
    acts = [line.split(" ", 2) for line in world.said.read_text().splitlines() if line.startswith("ACT ")]
    places: dict[str, list[int]] = {}
    for _, number, name in acts:
        places.setdefault(name, []).append(int(number))
    return sorted((n, name) for name, all_ in places.items() for n in sorted({*all_[:2], all_[-1]}))


def other(world: World) -> str:
    """The version that is not published."""
    return "new" if world.published() == "old" else "old"


def strike(world: World, point: int | str | None = None, after: float = 0.0) -> tuple[str, bool]:
    """Kill a run that would change the release: the release that stands then, and whether the run was killed.

    Raises AssertionError where that release is not whole.
    """
    before = world.published()
    world.put(other(world))
    if point is not None:
        kill = victim.kill_before(point) if isinstance(point, str) else victim.kill_at(point)
        status = victim.run(world.arguments, world.said, kill)
    else:
        child = victim.start(world.arguments, world.said)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        status = victim.finish(child)
    return ("old" if world.published() == before else "new"), status == -signal.SIGKILL


def mend(world: World) -> None:
    """The next run gives what the input folder says and leaves nothing behind. Raises AssertionError otherwise."""
    wanted = other(world)
    world.put(wanted)
    status = victim.run(world.arguments, world.said)
    assert status == 0, world.said.read_text()
    assert world.published() == wanted
    assert world.leftovers() == [], world.leftovers()


def main() -> int:
    """Strike as often as asked and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="kills at random moments")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--named", action=argparse.BooleanOptionalAction, default=True, help="each named point too")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="s3-kill-") as folder:
        # Most runs go without Dagster's history, which takes half of the time of a small run.
        nowhere = Path(folder) / "file"
        nowhere.touch()
        os.environ["DAGSTER_HOME"] = f"{nowhere}/history"
        world = World(Path(folder))
        world.prepare()
        for number, name in points(world) if given.named else []:
            stands, killed = strike(world, number)
            mend(world)
            outcomes[f"named: {stands if killed else 'not reached'}"] += 1
            print(f"{name} ({number}): {stands if killed else 'not reached'}", flush=True)
        started = time.monotonic()
        mend(world)
        span = time.monotonic() - started
        for number in range(given.times):
            if number % 10 == 9:
                os.environ["DAGSTER_HOME"] = f"{folder}/history"
            world.arguments = [*World(Path(folder)).arguments, *(["--workers", "2"] if number % 3 == 2 else [])]
            # Half of them late, where the release is written.
            stands, killed = strike(world, after=span * chance.uniform(0.7 if number % 2 else 0, 1))
            if number % 5 == 4:
                mend(world)
            os.environ["DAGSTER_HOME"] = f"{nowhere}/history"
            outcomes[f"random: {stands if killed else 'ended before'}"] += 1
            print(f"random {number}: {stands if killed else 'ended before'}", flush=True)
    print("\n".join(f"{what}: {times}" for what, times in sorted(outcomes.items())), "mixed or lost: 0", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
