"""Dates that a text leaves unsaid: years that the line, the weekday or the time of writing imply, and days told from
that time."""

from __future__ import annotations

import re

from pipeline.extract.dates.atom import (
    DateAtom,
    candidate_years,
    nearest_year,
    resolve_relative,
    resolve_year,
    with_year,
)
from pipeline.extract.dates.days import day_of_writing, find_days
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.languages import load_packs

_YEAR = re.compile(r"(19|20)\d\d")
# In letters the day of writing stands by itself among so many first lines, with so many tokens in the line at most.
_TOP, _LINE = 6, 14


def fill_years(page: Page, out: list[Reading]) -> None:
    """Give dates without a year the one that their line, the weekday or the time of writing implies, marked so."""
    written = _written(page, out)
    lines = {r.part.index: _line_year(r) for r in out}
    candidates = candidate_years(d for reading in out for d in reading.dates)

    def dated(atom: DateAtom, line: int | None) -> DateAtom:
        year = int(written[:4]) if written else None
        found = resolve_relative(atom, year) if year else None
        if found is None and line is not None:
            return with_year(atom, line)
        if found is not None or year is None:
            return found or atom
        if atom.weekday is not None and atom.precision == "day":
            return resolve_year(atom, [year, *candidates, year - 1, year + 1]) or atom
        return with_year(atom, nearest_year(atom, written or ""))

    for reading in out:
        line = lines[reading.part.index] or lines.get(reading.part.block.heading)
        months = {d.starts[5:7]: int(d.starts[:4]) for d in reading.dates if d.has_year and d.starts[5:7]}
        reading.dates, reading.label_dates = (
            [atom if atom.has_year else dated(atom, line or months.get(atom.starts[5:7])) for atom in atoms]
            for atoms in (reading.dates, reading.label_dates)
        )


def add_days(page: Page, out: list[Reading]) -> None:
    """Add the days that are told from the day of writing."""
    written = day_of_writing(page.document.published, out)
    if written is None:
        return
    for reading in out:
        block = reading.part.block
        if block.kind in ("paragraph", "item") and block.zone not in ("navigation", "contact"):
            pack = load_packs()[page.language]
            new = find_days(page.text, pack, block.start, block.end, written, reading.dates)
            reading.dates = sorted(reading.dates + new, key=lambda d: d.start)


def _line_year(reading: Reading) -> int | None:
    """The year with which a line opens: 2022, 24 May: ..."""
    part = reading.part
    first = (part.label_tokens or part.tokens)[:1]
    return int(first[0].text) if first and _YEAR.fullmatch(first[0].text) else None


def _of_letter(reading: Reading) -> bool:
    """A line that opens with a day, perhaps behind a town, and says little else: 2024-02-19, No. 12."""
    part = reading.part
    days = [d for d in reading.dates if d.precision == "day"]
    opens = bool(days) and reading.token_at(days[0].start) <= 2 and part.block.kind != "label"
    return (opens or bool(reading.label_dates)) and len(part.tokens) <= _LINE


def _written(page: Page, out: list[Reading]) -> str | None:
    """When a text was written, as far as it is known: the day it was published, else a day, a month or a year near its
    top or end, else its usual year."""
    if page.document.published:
        return page.document.published
    plain = [r for r in out if r.part.block.kind != "row"]
    top = [r for r in plain if 3 <= r.part.index < _TOP and _of_letter(r)]
    edges = ([r for r in plain if r.part.index < 3], top, [r for r in plain if r.part.index >= max(3, len(out) - 2)])
    for edge in edges:
        for precision in ("day", "month"):
            for reading in edge:
                for atom in reading.label_dates + reading.dates:
                    told = atom.relation in ("since", "until")
                    if atom.has_year and atom.precision == precision and not atom.inferred and not told:
                        return atom.starts
        for reading in edge:
            if reading.part.block.kind in ("heading", "label") or reading.part.block.zone == "title":
                years = [t.text for t in (*reading.part.label_tokens, *reading.part.tokens) if _YEAR.fullmatch(t.text)]
                if years:
                    return years[-1]
    usual = candidate_years([d for r in out for d in r.dates if d.precision in ("day", "month")])
    return str(usual[0]) if usual else None
