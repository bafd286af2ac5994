"""The conformance matrix: every frame in every construction in every language, from the examples of the packs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.extract import extract
from pipeline.languages import load_examples, load_packs
from pipeline.model import Document, Extraction
from pipeline.text.tokens import fold, tokenise

ROLES = {"lead", "initiator", "member", "contributor", "organiser", "host", "speaker", "participant"}
LINKS = {"part_of", "funded_by", "succeeds"}


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


def run(language: str) -> Iterator[Result]:
    """Extract every example of a pack and compare. Only claims of the kinds that examples list are compared."""
    for number, example in enumerate(load_examples(language)):
        document = Document(f"example-{number}", "example.txt", "0" * 64, "text/plain", example["text"])
        yield compare(language, example, extract(document))


def compare(language: str, example: dict, extraction: Extraction) -> Result:
    """What is missing from the extraction and what is too much."""
    found = list(_claims(extraction))
    wanted = [_parse(c) for c in example["claims"]]
    missing = [
        raw for raw, want in zip(example["claims"], wanted, strict=True) if not any(_same(want, f) for f in found)
    ]
    kinds = {w[0] for w in wanted} | (
        {"lead", "member", "initiator", "contributor", "participant", "organiser", "host", "speaker"}
    )
    wrong = [
        f"{f[0]}: {' | '.join(f[1])} > {' | '.join(f[2])}"
        for f in found
        if f[0] in kinds and f[0] in ROLES | LINKS and not any(_same(w, f) for w in wanted)
    ]
    return Result(language, example["frame"], example["construction"], example["text"], tuple(missing), tuple(wrong))


def _parse(claim: str) -> tuple[str, list[str], list[str]]:
    kind, _, rest = claim.partition(":")
    left, _, right = rest.partition(">")
    return kind.strip(), [_norm(left)], [_norm(right)]


def _claims(extraction: Extraction) -> Iterator[tuple[str, list[str], list[str]]]:
    names: dict[int, set[str]] = defaultdict(set)
    for index, entity in enumerate(extraction.entities):
        names[index] |= {_norm(entity.name), _norm(entity.acronym or entity.name)}
    text = _TEXTS.get(extraction.document_id, "")
    del text
    for mention in extraction.mentions:
        names[mention.entity].add(_norm(_slice(extraction, mention.start, mention.end)))
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
            yield (
                v["column"].replace("ended", "ended"),
                sorted(names[v["entity"]]),
                [str(v["value"]).rstrip("?").casefold()],
            )
        elif claim.table == "figures":
            value = v["value"]
            number = str(int(value)) if float(value).is_integer() else str(value)
            yield (
                "figure",
                sorted(names[v["subject_id"]]) if v["subject_id"] is not None else [""],
                [f"{v['measure']} {number} {v['qualifier']}".casefold()],
            )


_TEXTS: dict[str, str] = {}
_CURRENT: list[str] = [""]


def _slice(extraction: Extraction, start: int, end: int) -> str:
    return _CURRENT[0][start:end]


def _norm(name: str) -> str:
    return (
        " ".join(fold(t.text) for t in tokenise(name) if t.word or t.text in "+-").replace(" - ", "-")
        if not name.strip()[:4].isdigit()
        else name.strip().casefold()
    )


def _same(want: tuple[str, list[str], list[str]], found: tuple[str, list[str], list[str]]) -> bool:
    return want[0] == found[0] and _any(want[1], found[1]) and _any(want[2], found[2])


def _any(left: list[str], right: list[str]) -> bool:
    return any(a == b or _like(a, b) for a in left for b in right)


def _like(a: str, b: str) -> bool:
    if any(c.isdigit() for c in a + b) and [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]:
        return False
    short, long = sorted((set(a.split()), set(b.split())), key=len)
    return SequenceMatcher(None, a, b).ratio() >= 0.75 or (
        len(short) >= 1 and short <= long and min(len(a), len(b)) > 3
    )


def matrix() -> tuple[dict[tuple[str, str], dict[str, bool]], list[Result]]:
    """(frame, construction) -> language -> passed, and all results."""
    cells: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    results = []
    for language in load_packs():
        for example, result in _examples(language):
            results.append(result)
            cell = cells[result.frame, result.construction]
            cell[language] = cell.get(language, True) and result.passed
            del example
    return cells, results


def _examples(language: str) -> Iterator[tuple[dict, Result]]:
    for number, example in enumerate(load_examples(language)):
        _CURRENT[0] = example["text"]
        document = Document(f"example-{number}", "example.txt", "0" * 64, "text/plain", example["text"])
        yield example, compare(language, example, extract(document))


def print_matrix() -> None:
    """Rows are frames and constructions, columns languages: + passed, . failed, blank for a cell without example."""
    cells, results = matrix()
    languages = sorted({r.language for r in results})
    print(" " * 24 + " ".join(languages))
    for (frame, construction), cell in sorted(cells.items()):
        marks = "  ".join("+" if cell.get(x) else "." if x in cell else " " for x in languages)
        print(f"{frame + ' ' + construction:24}{marks}")
    for language in languages:
        mine = [r for r in results if r.language == language]
        print(f"{language}: {sum(r.passed for r in mine)} of {len(mine)}", end="; ")
    print(f"\nall: {sum(r.passed for r in results)} of {len(results)}")
