"""Fuzz readers and extractor, guided by coverage where atheris is installed (pip install "s3-partnerships[fuzz]").

python -m tests.campaigns.fuzz --runs 200000
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

SECONDS = 20
CHOICE = "S3_FUZZ_TARGETS"


def blindly(runs: int, seed: int = 0) -> None:
    """Mutate inputs without guidance. Raises what an input raises, with the input in the message."""
    from tests.campaigns.target import corpus, one

    chance, known = random.Random(seed), corpus()
    words = [w for data in known for w in data[1:].split() if len(w) < 40]
    for _ in range(runs):
        data = bytearray(chance.choice(known)[:600])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(1, len(data) + 1)
            match chance.randrange(5):
                case 0:
                    del data[at : at + chance.randint(1, 30)]
                case 1:
                    data[at:at] = chance.choice(words)
                case 2:
                    data[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 1, 50))
                case 3:
                    data[at:at] = chance.choice(HOSTILE).encode("utf-8")
                case 4:
                    data[at:at] = data[: chance.randint(1, 60)]
        signal.alarm(SECONDS)
        try:
            one(bytes(data))
        except BaseException as error:
            raise AssertionError(f"{bytes(data)!r}") from error
        finally:
            signal.alarm(0)


HOSTILE = [
    *(
        "\u202e",
        "\u200b",
        "\u0301" * 30,
        "\ufeff",
        "\ud7ff",
        "\U0010ffff",
        "\u2028",
        "\x85",
        "\x0b",
        "\x1b[31m",
        "\t\t",
    ),
    *("=1+1", "<img src=x onerror=y>", "'; DROP TABLE x;--", "](javascript:1)", "../../etc/passwd", "((((", "• "),
    *("1.", "(a)", ":", " | ", '"', "„", "2018-03-08", "8–9 March 2018", "and", "led by", "members are", "İ", "ß", "ŉ"),
]


def guided(runs: int, seconds: int, folder: Path) -> None:
    """Let libFuzzer choose; it ends the process with a message where an input crashes or takes too long."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        from tests.campaigns.target import corpus, one
    for data in corpus():
        # What is loaded once is not to be taken for a hang.
        one(data)
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(corpus()):
        (inputs / f"start-{number}").write_bytes(data)
    words = folder / "words"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")) for word in HOSTILE)
    words.write_text("".join(f'"{word}"\n' for word in escaped))
    options = [f"-runs={runs}", f"-timeout={SECONDS}", "-max_len=300", f"-dict={words}", "-rss_limit_mb=4000"]
    options += [f"-artifact_prefix={folder}/", "-print_final_stats=1", f"-max_total_time={seconds}"]
    atheris.Setup([sys.argv[0], *options, str(inputs)], one)
    atheris.Fuzz()


def main() -> int:
    """As many executions as asked, or until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=0, help="end after so long (0: never)")
    parser.add_argument("--folder", type=Path, help="where inputs are kept from call to call")
    parser.add_argument("--only", nargs="+", metavar="TARGET", help="page text word personal register encoded others")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    given = parser.parse_args()
    started = time.monotonic()
    os.environ[CHOICE] = " ".join(given.only or ())
    if given.blind or importlib.util.find_spec("atheris") is None:
        blindly(given.runs)
        print(f"{given.runs} executions, 0 crashes or hangs, {time.monotonic() - started:.0f} s")
        return 0
    guided(given.runs, given.seconds, given.folder or Path(tempfile.mkdtemp(prefix="s3-fuzz-")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
