"""The words of dates of one language pack, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.extract.words.pieces import SOURCES, Phrases, form
from pipeline.languages import Pack
from pipeline.text.compiled import Keepable, compiled
from pipeline.text.tokens import fold

SEASON, QUARTER, HALF = 21, 33, 40
_WORDS = 30_000


class DateWords(Keepable):
    """Phrases by what they do in a date: months are 1 to 12, weekdays 0 (Monday) to 6, parts of a year as in EDTF."""

    may_begin: Callable[[str], bool]

    def __init__(self, pack: Pack) -> None:
        self.year_first = pack.text("dates", "order") == "ymd"
        self.capital_months = bool(pack.get("dates", "capital_months"))
        self.months = Phrases(_numbered(pack.words("dates", "months"), 1))
        self.month_names = {fold(_forms(entry)[0]) for entry in pack.words("dates", "months")}
        self.weekdays = Phrases(_numbered(pack.words("dates", "weekdays"), 0))
        self.days = Phrases(
            (word, int(days)) for word, _, days in (e.partition("=") for e in pack.words("dates", "today"))
        )
        self.seasons = Phrases(_numbered(pack.words("dates", "seasons"), SEASON))
        self.parts = Phrases(
            [
                *_numbered(pack.words("dates", "quarters"), QUARTER, words=False),
                *_numbered(pack.words("dates", "halves"), HALF, words=False),
            ]
        )
        self.range = _flat(pack.words("dates", "range"))
        self.joint = _flat(pack.words("grammar", "and"))
        self.between = _flat(pack.words("dates", "between"))
        self.inner = _flat(
            [*pack.words("dates", "inner"), *pack.words("grammar", "articles"), *pack.words("grammar", "elisions")]
        )
        self.day_endings = _flat(pack.words("dates", "day_endings") + pack.words("grammar", "ordinal_endings"))
        self.year_endings = _flat(pack.words("dates", "year_endings"))
        # Words that are plain prepositions of place too tell nothing about beginning and end.
        vague = {*pack.words("grammar", "place_prepositions"), *pack.words("dates", "on")}
        self.since = _flat(w for w in pack.words("dates", "since") if w not in vague)
        self.until = _flat(w for w in pack.words("dates", "until") if w not in vague)
        self.since_after = _flat(pack.words("dates", "since_after"))
        self.until_after = _flat(pack.words("dates", "until_after"))
        self.relative: Phrases[str] = Phrases(
            (entry, key) for key in ("this_year", "last_year", "next_year") for entry in pack.words("dates", key)
        )
        self.year_words = _flat(pack.words("dates", "year_words"))
        self.times = _flat(w.partition("=")[0] for w in pack.words("dates", "time"))
        self.leads = _flat(_lists(pack, LEADS))
        self.neutral = _flat(_lists(pack, LEADS + NEUTRAL))
        self.events = _flat(e for entries in pack.table("heads", "event").values() for e in entries)
        self.programmes = _flat(e for entries in pack.table("heads", "programme").values() for e in entries)
        self.measures = _flat(e for entries in pack.table("measures").values() for e in entries)
        self.quantities = _flat(
            w.partition("=")[0] for w in pack.words("numbers", "scales") + pack.words("numbers", "euro")
        )
        self.labels = _flat(pack.words("numbers", "labels"))
        vars(self).update(self.caches())

    def caches(self) -> dict[str, Any]:
        """Which pieces may begin a date."""
        return {"may_begin": lru_cache(_WORDS)(self._may_begin)}

    def _may_begin(self, text: str) -> bool:
        """Whether a piece may begin a date: figures, or a word with which a month or a part of a year begins."""
        kind, key = form(text)
        if kind == "word":
            return self.months.starts(key) or self.seasons.starts(key) or self.parts.starts(key)
        return kind == "digits"


LEADS = [
    ("dates", "on"),
    ("dates", "between"),
    ("dates", "since"),
    ("dates", "until"),
    ("dates", "inner"),
    ("dates", "time"),
    ("grammar", "place_prepositions"),
    ("grammar", "programme_prepositions"),
    ("labels", "date"),
]
NEUTRAL = [
    ("dates", "year_endings"),
    ("dates", "year_words"),
    ("dates", "range"),
    ("dates", "seasons"),
    ("dates", "months"),
    ("grammar", "and"),
    ("grammar", "articles"),
    ("cues", "launch", "active"),
    ("cues", "launch", "label"),
    ("cues", "end", "active"),
    ("cues", "end", "label"),
    ("labels", "since"),
    ("sections", "published"),
]


def _lists(pack: Pack, paths: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for path in paths:
        for entry in pack.words(*path):
            if path[-1] in ("months", "seasons"):
                yield from _forms(entry)
            elif "..." not in entry:
                yield entry.partition("=")[0]


def _flat(entries: Iterable[str]) -> Phrases[bool]:
    return Phrases((entry, True) for entry in entries)


def _forms(entry: str, words: bool = True) -> list[str]:
    """The forms in an entry: parted by `|` where it stands, else each word is a form (an underscore is a space)."""
    forms = entry.split("|") if "|" in entry or not words else entry.split()
    return [form.replace("_", " ").strip() for form in forms if form.strip()]


def _numbered(entries: list[str], first: int, words: bool = True) -> list[tuple[str, int]]:
    return [(form, first + n) for n, entry in enumerate(entries) for form in _forms(entry, words)]


@lru_cache(maxsize=64)
def date_words(pack: Pack) -> DateWords:
    """The compiled words of a pack."""
    return compiled(f"dates_{pack.code}", [*SOURCES, Path(__file__), pack.file], lambda: DateWords(pack))
