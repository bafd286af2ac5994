"""How the pipeline grows: workers, documents, one document more, the pass over many pages, queries over many rows.

`python -m tests.benchmarks.scale` measures everything on small corpora; `--pages 100000` takes its time. Corpora are
generated, the same for a seed (`tests.benchmarks.pages`): everyday pages of 200 characters in the mean, one in twenty a
relevant one of 3,000. With `--distinct 800` pages come again under other names, and extraction is looked up where the
same text was read before: what is measured then is all that comes after it. Seconds are of the clock, on a machine
with nothing else to do, and of processor time, all processes together. Each part runs in a process of its own, so that
memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Figures = dict[str, float]
ROOT = Path(__file__).parents[2]


def sifting(pages: int) -> Figures:
    """The pass over many pages, one thread: bytes a second, and what it keeps of everyday pages and of corpora."""
    import pyarrow as arrow

    from pipeline.sift import relevant
    from tests.benchmarks.pages import everyday
    from tests.benchmarks.texts import corpus

    own = arrow.array([d.text for d in corpus()])
    found = sum(relevant(own).to_pylist())
    noise = arrow.array([text for _, text in everyday(min(pages, 10_000))])
    begin = time.process_time()
    kept = sum(relevant(noise).to_pylist())
    seconds = time.process_time() - begin
    return {
        "MB/s": noise.nbytes / seconds / 1e6,
        "everyday pages kept, %": 100 * kept / len(noise),
        "annotated documents kept, %": 100 * found / len(own),
    }


def workers(pages: int) -> Figures:
    """Extraction by one worker process and by two, the same pages, started anew."""
    with _folder(pages, 0) as (seeds, folder):
        seconds = {n: _extract(seeds, folder / str(n), n)["seconds"] for n in (1, 2)}
    return {
        "1 worker, documents/s": pages / seconds[1],
        "2 workers, documents/s": pages / seconds[2],
        "gain": seconds[1] / seconds[2],
    }


def lengths(characters: int) -> Figures:
    """One document of more and more characters: processor time of a character, as people write and all in one line."""
    from pipeline.extract import extract
    from tests.benchmarks.texts import corpus, document

    english = [d.text for d in corpus() if d.document_id.startswith("en")]
    forms = {"as written": "\n\n".join(english) + "\n\n", "one line": " ".join(" ".join(english).split()) + " "}
    out = {}
    for form, text in forms.items():
        extract(document("warm", text))
        size = 1_000
        while size <= characters:
            whole = document("long", (text * (size // len(text) + 1))[:size])
            rounds = max(1, 20_000 // size)
            begin = time.process_time()
            for _ in range(rounds):
                extract(whole)
            out[f"{form}, {size // 1000:,} kB, µs"] = (time.process_time() - begin) / rounds / size * 1e6
            size *= 10
    return out


def growth(pages: int, distinct: int = 0) -> Figures:
    """The whole run over a hundredth of the pages, a fifth and all: cost of a document, memory of all processes."""
    out = {}
    for share in (100, 5, 1):
        count = pages // share
        with _folder(count, distinct) as (seeds, folder):
            figures = _release(seeds, folder)
        out[f"{count}: ms of clock a document"] = 1000 * figures["seconds"] / count
        out[f"{count}: ms of processors a document"] = 1000 * figures["processors"] / count
        out[f"{count}: memory, MB"] = figures["MB"]
    return out


def one_more(pages: int, distinct: int = 0) -> Figures:
    """The whole run, again with nothing changed, and with one document added."""
    with _folder(pages, distinct) as (seeds, folder):
        first, second = _release(seeds, folder), _release(seeds, folder)
        whole, again = first["seconds"], second["seconds"]
        (seeds / "one.txt").write_text(
            "The Velmora partnership is led by Tuscany. Its members are Navarra and Lapland."
        )
        third = _release(seeds, folder)
        added = third["seconds"]
    return {
        "one added, % of whole in processor time": 100 * third["processors"] / first["processors"],
        "whole, s": whole,
        "nothing changed, s": again,
        "one added, s": added,
        "one added, % of whole": 100 * added / whole,
    }


def queries(rows: int) -> Figures:
    """Ten questions to a database with as many memberships: seconds each."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.5)")
    connection.execute(
        f"""
        CREATE TABLE partnerships AS SELECT 'partnership:p' || i AS partnership_id, 'Partnership ' || i AS name,
            ['agrifood', 'energy', 'industry'][1 + i % 3] AS platform FROM range({rows} // 20) r(i);
        CREATE TABLE regions AS SELECT 'region:r' || i AS region_id, 'Region ' || i AS name,
            ['IT', 'ES', 'DE', 'FI', 'PL'][1 + i % 5] AS country_code FROM range(1500) r(i);
        CREATE TABLE memberships AS SELECT 'membership:' || i AS membership_id,
            'partnership:p' || (random() * ({rows} // 20 - 1))::INT AS partnership_id,
            'region:r' || (1499 * random() * random())::INT AS participant_id,
            CASE WHEN random() < 0.1 THEN 'lead' ELSE 'member' END AS role,
            2010 + (random() * 15)::INT AS since FROM range({rows}) r(i);
        CREATE TABLE evidence AS SELECT 'evidence:' || i AS evidence_id, 'membership:' || i AS row_id,
            'd' || (i % 100000) AS document_id, random() AS confidence, 'quote number ' || i AS quote
            FROM range({rows}) r(i);
        """
    )
    out = {}
    for number, question in enumerate(QUESTIONS, 1):
        begin = time.perf_counter()
        connection.execute(question).fetchall()
        out[f"question {number}, s"] = time.perf_counter() - begin
    return out | {"slowest, s": max(out.values())}


QUESTIONS = (
    "SELECT platform, count(*) FROM memberships JOIN partnerships USING (partnership_id) GROUP BY ALL",
    "SELECT participant_id, count(DISTINCT partnership_id) n FROM memberships GROUP BY ALL ORDER BY n DESC LIMIT 20",
    "SELECT country_code, role, count(*) FROM memberships JOIN regions ON region_id = participant_id GROUP BY ALL",
    "SELECT * FROM memberships WHERE participant_id = 'region:r7' AND role = 'lead' ORDER BY since LIMIT 50",
    "SELECT since, count(*) FROM memberships GROUP BY ALL ORDER BY since",
    """SELECT b.participant_id, count(DISTINCT partnership_id) n FROM memberships a JOIN memberships b USING
       (partnership_id) WHERE a.participant_id = 'region:r7' AND b.participant_id <> a.participant_id
       GROUP BY ALL ORDER BY n DESC LIMIT 20""",
    "SELECT partnership_id FROM partnerships ANTI JOIN (FROM memberships WHERE role = 'lead') USING (partnership_id)",
    """SELECT m.*, e.quote FROM memberships m JOIN evidence e ON row_id = membership_id
       WHERE partnership_id = 'partnership:p7' ORDER BY confidence DESC""",
    "SELECT document_id, avg(confidence) c FROM evidence GROUP BY ALL HAVING count(*) > 5 ORDER BY c LIMIT 20",
    """SELECT platform, country_code, count(DISTINCT partnership_id) FROM memberships JOIN partnerships USING
       (partnership_id) JOIN regions ON region_id = participant_id GROUP BY ALL ORDER BY ALL""",
)
MEASUREMENTS: dict[str, tuple[Callable[..., Figures], str]] = {
    "sifting": (sifting, "pages"),
    "workers": (workers, "pages"),
    "lengths": (lengths, "characters"),
    "growth": (growth, "pages"),
    "one_more": (one_more, "pages"),
    "queries": (queries, "rows"),
}


@contextmanager
def _folder(pages: int, distinct: int) -> Iterator[tuple[Path, Path]]:
    from tests.benchmarks.pages import write

    with tempfile.TemporaryDirectory() as name:
        write(Path(name) / "seeds", pages, 0.05, distinct=distinct)
        if distinct:
            (Path(name) / "replay").mkdir()
            os.environ["S3_BENCHMARK_REPLAY"] = str(Path(name) / "replay")
            os.environ["S3_PIPELINE_EXTRACTOR"] = "tests.benchmarks.replay:extract"
        yield Path(name) / "seeds", Path(name) / "out"


def _extract(seeds: Path, work: Path, processes: int) -> Figures:
    from pipeline.engine import extract_all
    from pipeline.read import read_folder
    from pipeline.settings import Settings

    settings = Settings(seeds=seeds, work=work, workers=processes, engine="workers")
    documents = read_folder(seeds, settings)
    begin = time.perf_counter()
    extract_all(documents, settings)
    return {"seconds": time.perf_counter() - begin}


def _release(seeds: Path, folder: Path) -> Figures:
    """The command from folder to release: seconds of the clock and of processors, and the most memory that it and its
    processes had at once."""
    places = ["--seeds", str(seeds), "--data", str(folder / "data"), "--work", str(folder / "work")]
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pipeline", *places], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak, done = [0.0], threading.Event()
    processors: dict[int, float] = {}
    watch = threading.Thread(target=_watch, args=(process.pid, peak, processors, done))
    watch.start()
    status = process.wait()
    done.set()
    watch.join()
    if status:
        raise RuntimeError(f"the run ended with status {status}")
    return {"seconds": time.perf_counter() - begin, "processors": sum(processors.values()), "MB": peak[0]}


def _watch(leader: int, peak: list[float], processors: dict[int, float], done: threading.Event) -> None:
    """Memory of a process and its descendants, shared pages once (PSS), and the processor time of each (Linux)."""
    tick = os.sysconf("SC_CLK_TCK")
    while not done.wait(0.5):
        parents = {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                parents[int(entry)] = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        family = {leader}
        while more := {p for p, above in parents.items() if above in family} - family:
            family |= more
        total = 0.0
        for process in family:
            try:
                facts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                processors[process] = (int(facts[11]) + int(facts[12])) / tick
                lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
        peak[0] = max(peak[0], total)


def main() -> None:
    """Measure one thing and print its figures as JSON, or everything as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="?", choices=MEASUREMENTS, help="measure this alone")
    parser.add_argument("--pages", type=int, default=2_000, help="pages of the generated corpora (2000)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="memberships of the generated database (1000000)")
    parser.add_argument("--distinct", type=int, default=0, metavar="N", help="pages that differ (all): see above")
    parser.add_argument(
        "--characters", type=int, default=100_000, help="of the longest document (100000; try 10000000)"
    )
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.json:
        function, size = MEASUREMENTS[given.only]
        more = {"distinct": given.distinct} if given.only in ("growth", "one_more") else {}
        figures = function(getattr(given, size), **more)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(figures | {"own peak memory, MB": memory}))
        return
    for name in [given.only] if given.only else MEASUREMENTS:
        numbers = ("pages", "rows", "characters", "distinct")
        sizes = [f"--{size}={getattr(given, size)}" for size in numbers] + ["--json"]
        command = [sys.executable, "-m", "tests.benchmarks.scale", name, *sizes]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        print(name, *(f"    {label:<30} {value:>9.2f}" for label, value in json.loads(answer.stdout).items()), sep="\n")


if __name__ == "__main__":
    main()
