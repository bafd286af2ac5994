"""What was measured, as text: for a terminal, and as the table of README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BEGIN, END = "<!-- accuracy: written by make accuracy -->", "<!-- end of accuracy -->"
README_KINDS = (
    "regions",
    "countries",
    "organisations",
    "partnerships",
    "programmes",
    "events",
    "event dates",
    "memberships",
    "attendances",
    "links",
    "launch dates",
    "figures",
    "all entities",
    "all relations",
)


def report(accuracy: dict[str, Any]) -> Iterator[str]:
    """Scores by kind and language group, gap, calibration, errors."""
    corpora = accuracy["corpora"]
    for name, facts in corpora.items():
        size = f"{facts['documents']} documents, {facts['languages']} languages, {facts['characters']:,} characters"
        quotes = f"quotes at their offsets: {facts['quotes_at_their_offsets']:,} of {facts['quotes']:,}"
        yield f"{name}: {size}; {quotes}; {facts['use']}"
    yield ""
    yield f"{'':24}" + "".join(f"{name:36}" for name in corpora)
    yield f"{'':24}" + "  P     R     F1   interval  annot.    " * 3
    for kind in next(iter(corpora.values()))["kinds"]:
        yield f"{kind:24}" + "".join(_cells(facts["kinds"][kind]) for facts in corpora.values())
    for kind in ("all entities", "all relations"):
        yield f"\n{kind} by language group"
        for group in next(iter(corpora.values()))["groups"]:
            cells = (facts["groups"][group].get(kind) for facts in corpora.values())
            yield f"  {group:22}" + "".join(_cells(cell) if cell else " " * 36 for cell in cells)
    yield "\n== F1 of tune less F1 of measure"
    for kind, facts in accuracy["gap"].items():
        low, high = facts["interval"]
        yield f"  {kind:22}{facts['difference']:+.3f}  [{low:+.3f}, {high:+.3f}]"
    yield "\n== confidence of fact rows against the share that is right"
    for name, facts in corpora.items():
        found = facts["calibration"]
        bins = (
            f"{b['from']:.1f}-{b['to']:.1f}: {b['mean_confidence']:.2f} said {b['share_right']:.2f} right ({b['rows']})"
            for b in found["bins"]
            if b["rows"]
        )
        yield f"  {name:8} expected error {_number(found['expected_error'])}; " + "; ".join(bins)
    for name, facts in corpora.items():
        yield f"\n== most frequent errors on {name}"
        yield from (f"  {e['count']:5}  {e['kind']}: {e['error']}" for e in facts["errors"])
    yield "\nnever measured: " + ", ".join(accuracy["never_measured"])


def changes(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """F1 of each kind that is not what it was, and what passes of the examples."""
    if before["extractor"] != now["extractor"]:
        yield "  the extractor is another one"
    for name, facts in now["corpora"].items():
        yield from moved(name, before["corpora"].get(name, {}).get("kinds", {}), facts["kinds"])
    was, passed = before["conformance"]["passed"], now["conformance"]["passed"]
    yield f"  examples {was} -> {passed} of {now['conformance']['examples']}" + ("  LOWER" if passed < was else "")


def moved(name: str, before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """F1 by kind on one corpus, where it differs by a thousandth or more."""
    for kind in (k for k in now if isinstance(now[k], dict)):
        was, is_ = (facts.get(kind, {}).get("f1") for facts in (before, now))
        if was is not None and is_ is not None and abs(was - is_) >= 0.001:
            mark = "  LOWER" if is_ < was else ""
            yield f"  {name:8} {kind:24} {was:.3f} -> {is_:.3f}  {is_ - was:+.3f}{mark}"


def table(accuracy: dict[str, Any]) -> str:
    """The measuring corpus as Markdown, with the gap to the corpora that rules were written with."""
    corpora = accuracy["corpora"]
    lines = [
        "| | precision | recall | F1 | 95 % interval of F1 | annotated | F1 on `fresh` | F1 on `tune` | F1 on `own` |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind in README_KINDS:
        found = corpora["measure"]["kinds"][kind]
        others = " | ".join(_number(corpora[name]["kinds"][kind]["f1"]) for name in ("fresh", "tune", "own"))
        low, high = found["f1_interval"] or (None, None)
        values = " | ".join(_number(found[key]) for key in ("precision", "recall", "f1"))
        interval = f"{_number(low)} to {_number(high)}"
        lines.append(f"| {kind} | {values} | {interval} | {found['annotated']} | {others} |")
    sizes = {n: f"{c['documents']} documents in {c['languages']} languages" for n, c in corpora.items()}
    sure = next((b for b in reversed(corpora["measure"]["calibration"]["bins"]) if b["rows"]), None)
    top = ""
    if sure:
        right = f"{sure['share_right']:.0%} are right"
        top = f" Of its {sure['rows']} rows with a confidence of {sure['from']} or more {right}."
    entities, relations = (corpora["measure"]["kinds"][kind] for kind in ("all entities", "all relations"))
    lines += [
        "",
        f"In words: {relations['precision']:.0%} of the relations published on `measure` are right and "
        f"{relations['recall']:.0%} of those annotated are found; for entities it is {entities['precision']:.0%} and "
        f"{entities['recall']:.0%}.",
        "",
        f"`measure` has {sizes['measure']}, `fresh` {sizes['fresh']}, `tune` {sizes['tune']}, `own` {sizes['own']}. "
        f"Expected calibration error of fact rows on `measure`: "
        f"{_number(corpora['measure']['calibration']['expected_error'])}.{top} "
        f"Of the {accuracy['conformance']['examples']} example sentences in the language packs "
        f"{accuracy['conformance']['passed']} give exactly what they should.",
    ]
    return "\n".join(lines)


def fill(readme: str, accuracy: dict[str, Any]) -> str:
    """README.md with its table as measured. Raises ValueError where it has no place for it."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{table(accuracy)}\n{END}{after}"


def _cells(found: dict[str, Any]) -> str:
    low, high = found["f1_interval"] or (None, None)
    values = " ".join(_number(found[key]) for key in ("precision", "recall", "f1"))
    return f"{values} {_number(low, 2)}-{_number(high, 2)} {found['annotated']:6}  ".ljust(36)


def _number(value: float | None, digits: int = 3) -> str:
    return "-".center(digits + 2) if value is None else f"{value:.{digits}f}"
