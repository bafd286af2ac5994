"""The conformance matrix: every frame in every construction in every language, from the examples of the packs.

`python -m tests.accuracy.conformance` prints it; `--failures [LANGUAGE ...]` lists what fails; `--write-known` records
what fails now in `known_failures.toml`.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.extract import extract
from pipeline.languages import load_examples, load_packs
from pipeline.model import Document, Extraction
from pipeline.text.tokens import fold, tokenise

KNOWN = Path(__file__).with_name("known_failures.toml")
ROLES = {"lead", "initiator", "member", "contributor", "organiser", "host", "speaker", "participant"}
LINKS = {"part_of", "funded_by", "succeeds"}
Claimed = tuple[str, list[str], list[str]]
"""Kind, names of the first end, names of the second."""


@dataclass(frozen=True)
class Result:
    """One example: what it should yield, what it yields, in the notation of the packs."""

    language: str
    frame: str
    construction: str
    text: str
    missing: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.missing and not self.wrong

    @property
    def key(self) -> str:
        """Where it stands in the matrix, and a digest of its text: the same while the text is."""
        return f"{self.frame}/{self.construction}/{hashlib.sha256(self.text.encode()).hexdigest()[:8]}"

    def __str__(self) -> str:
        faults = [f"missing  {c}" for c in self.missing] + [f"wrong    {c}" for c in self.wrong]
        return "\n    ".join([f"{self.key}: {self.text}", *faults])


def run(language: str) -> Iterator[Result]:
    """Extract every example of a pack and compare. Only claims of the kinds that examples list are compared."""
    for number, example in enumerate(load_examples(language)):
        document = Document(f"example-{number}", "example.txt", "0" * 64, "text/plain", example["text"])
        yield compare(language, example, extract(document))


@cache
def results(language: str) -> tuple[Result, ...]:
    """The results of a pack, made once in a process."""
    return tuple(run(language))


def compare(language: str, example: dict[str, Any], extraction: Extraction) -> Result:
    """What is missing from the extraction and what is too much."""
    found = list(_claims(extraction, example["text"]))
    wanted = [_parse(c) for c in example["claims"]]
    missing = [
        raw for raw, want in zip(example["claims"], wanted, strict=True) if not any(_same(want, f) for f in found)
    ]
    kinds = ROLES | ({w[0] for w in wanted} & LINKS)
    wrong = [
        f"{f[0]}: {' | '.join(f[1])} > {' | '.join(f[2])}"
        for f in found
        if f[0] in kinds and not any(_same(w, f) for w in wanted)
    ]
    return Result(language, example["frame"], example["construction"], example["text"], tuple(missing), tuple(wrong))


def matrix() -> tuple[dict[tuple[str, str], dict[str, bool]], list[Result]]:
    """(frame, construction) -> language -> passed, and all results."""
    cells: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    found = [result for language in load_packs() for result in results(language)]
    for result in found:
        cell = cells[result.frame, result.construction]
        cell[result.language] = cell.get(result.language, True) and result.passed
    return cells, found


def matrix_lines() -> Iterator[str]:
    """Rows are frames and constructions, columns languages: + passed, . failed, blank for a cell without example."""
    cells, found = matrix()
    languages = sorted({r.language for r in found})
    yield " " * 24 + " ".join(languages)
    for (frame, construction), cell in sorted(cells.items()):
        marks = "  ".join("+" if cell.get(x) else "." if x in cell else " " for x in languages)
        yield f"{frame + ' ' + construction:24}{marks}".rstrip()
    mine = {x: [r for r in found if r.language == x] for x in languages}
    yield "; ".join(f"{x} {sum(r.passed for r in rs)} of {len(rs)}" for x, rs in mine.items())
    yield f"all: {sum(r.passed for r in found)} of {len(found)}"


def print_matrix() -> None:
    print("\n".join(matrix_lines()))


def write_known(path: Path = KNOWN) -> int:
    """Record the examples that fail now; how many they are."""
    failing = {x: sorted(r.key for r in results(x) if not r.passed) for x in load_packs()}
    lines = [
        "# Examples of the packs that are known to fail, by language: frame/construction/digest of the text.",
        "# Written by `python -m tests.accuracy.conformance --write-known`; anything else that fails is a regression.",
    ]
    for language, keys in failing.items():
        lines += ["", f"{language} = [", *(f'    "{key}",' for key in keys), "]"] if keys else []
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sum(map(len, failing.values()))


def _parse(claim: str) -> Claimed:
    kind, _, rest = claim.partition(":")
    left, _, right = rest.partition(">")
    return kind.strip(), [_norm(left)], [_norm(right)]


def _claims(extraction: Extraction, text: str) -> Iterator[Claimed]:
    names = [{_norm(e.name), _norm(e.acronym or e.name)} for e in extraction.entities]
    for mention in extraction.mentions:
        names[mention.entity].add(_norm(text[mention.start : mention.end]))
    for claim in extraction.claims:
        v = claim.values
        if v.get("status") in ("former", "planned", "invited"):
            continue
        if claim.table == "memberships":
            yield v["role"], sorted(names[v["participant_id"]]), sorted(names[v["partnership_id"]])
        elif claim.table == "attendances":
            yield v["role"], sorted(names[v["participant_id"]]), sorted(names[v["event_id"]])
        elif claim.table == "links":
            yield v["relation"], sorted(names[v["subject_id"]]), sorted(names[v["object_id"]])
        elif claim.table == "attributes" and v["column"] in ("launched", "ended", "starts", "ends", "mode"):
            yield v["column"], sorted(names[v["entity"]]), [str(v["value"]).rstrip("?").casefold()]
        elif claim.table == "figures":
            number = f"{float(v['value']):.10g}"
            subject = sorted(names[v["subject_id"]]) if v["subject_id"] is not None else [""]
            yield "figure", subject, [f"{v['measure']} {number} {v['qualifier']}".casefold()]


def _norm(name: str) -> str:
    if name.strip()[:4].isdigit():
        return name.strip().casefold()
    return " ".join(fold(t.text) for t in tokenise(name) if t.word or t.text in "+-").replace(" - ", "-")


def _same(want: Claimed, found: Claimed) -> bool:
    return want[0] == found[0] and _any(want[1], found[1]) and _any(want[2], found[2])


def _any(left: Sequence[str], right: Sequence[str]) -> bool:
    return any(a == b or _like(a, b) for a in left for b in right)


def _like(a: str, b: str) -> bool:
    if [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]:
        return False
    short, long = sorted((set(a.split()), set(b.split())), key=len)
    if short and short <= long and min(len(a), len(b)) > 3:
        return True
    return SequenceMatcher(None, a, b).ratio() >= 0.75


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.conformance")
    parser.add_argument("--write-known", action="store_true", help="record what fails now as known")
    parser.add_argument("--failures", nargs="*", metavar="LANGUAGE", help="list what fails (of these languages)")
    given = parser.parse_args()
    if given.write_known:
        print(f"{write_known()} known failures")
    elif given.failures is not None:
        for language in given.failures or load_packs():
            print("\n".join(f"{language}/{r}" for r in results(language) if not r.passed))
    else:
        print_matrix()


if __name__ == "__main__":
    main()
