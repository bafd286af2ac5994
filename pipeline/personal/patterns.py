"""E-mail addresses and telephone numbers in text."""

from __future__ import annotations

import re

# Every part is bounded and starts where a word starts, so that the time is linear in the text.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:[@＠﹫]|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,63}",
    re.IGNORECASE,
)
# International: a plus sign or 00 and a country code. National: groups of figures that begin with a zero.
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+\s?|00(?=[1-9]))[1-9](?:[ \u00a0().\-/]{0,3}\d){6,14}(?!\w)")
_NATIONAL = re.compile(r"(?<![\w.,/:-])\(?0\d{1,4}\)?(?:[ \u00a0\-/]{1,2}\d{2,8}){1,5}(?![\w:]|[.,/-]\d)")
_AT = re.compile(r"[@＠﹫]|[(\[]at[)\]]", re.IGNORECASE)
# What every telephone number has, and few texts: the longer patterns are tried only where it is.
_FIGURES = re.compile(r"\d[^\w]{0,5}\d")
# Zero-width characters, marks of direction, soft hyphens.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DATE = re.compile(r"(?:19|20)\d{2}")


def find_personal(text: str) -> list[tuple[int, int]]:
    """Spans of e-mail addresses and telephone numbers, half-open, in order; invisible characters hide none."""
    if INVISIBLE.search(text):
        places = [i for i, c in enumerate(text) if not INVISIBLE.match(c)]
        plain = "".join(text[i] for i in places)
        return [(places[start], places[end - 1] + 1) for start, end in find_personal(plain)]
    spans: list[tuple[int, int]] = []
    if _AT.search(text):
        spans += [m.span() for m in _EMAIL.finditer(text)]
    if _FIGURES.search(text):
        spans += [m.span() for m in _INTERNATIONAL.finditer(text)]
        spans += [m.span() for m in _NATIONAL.finditer(text) if _is_number(m.group())]
    return sorted(spans)


def _is_number(found: str) -> bool:
    """Nine to twelve figures without a year among them: dates and spans of years look alike."""
    figures = sum(c.isdigit() for c in found)
    return 9 <= figures <= 12 and not _DATE.search(found)
