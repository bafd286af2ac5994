"""What a web page says about itself: title, language, date and address, each from the first place that gives it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.read.layout import clean, squeeze

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "datepublished",
    "date",
    "pubdate",
    "publish_date",
)
_DAY = re.compile(r"(\d{4})(?:[-/](\d{2}))?(?:[-/](\d{2}))?(?!\d)")
_LONGEST = 400


class Facts:
    """Filled while the page is parsed."""

    def __init__(self) -> None:
        self.headline: str | None = None
        self._meta: dict[str, str] = {}
        self._title = ""
        self._lang: str | None = None
        self._canonical: str | None = None
        self._time: str | None = None
        self._linked_data: list[str] = []
        self._is_data = False

    def see(self, tag: str, given: dict[str, str]) -> None:
        """Take what an opening tag tells."""
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or given.get("http-equiv") or ""
            if value := squeeze(clean(given.get("content", ""))):
                self._meta.setdefault(name.lower(), value)
        elif tag == "html":
            self._lang = self._lang or given.get("lang") or given.get("xml:lang")
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self._canonical = self._canonical or given.get("href")
        elif tag == "time" and (given.get("itemprop") == "datePublished" or "pubdate" in given):
            self._time = self._time or given.get("datetime")
        elif tag == "script":
            self._is_data = given.get("type", "").lower() == "application/ld+json"

    def words(self, tag: str, data: str) -> None:
        """Take the words of the title or of linked data."""
        if tag == "title" and len(self._title) < _LONGEST:
            self._title += data[:_LONGEST]
        elif tag == "script" and self._is_data and len(self._linked_data) < 20:
            self._linked_data.append(data)

    def heading(self, level: int, text: str) -> None:
        """Take a heading of the page; the first of level 1 is its headline."""
        if level == 1 and self.headline is None:
            self.headline = text

    def title(self) -> str | None:
        """The headline where the page's title holds it (the rest names the site), else what is meant to be shown."""
        title = squeeze(clean(self._title))
        shown = self._meta.get("og:title") or self._meta.get("dc.title") or title
        if self.headline and (not shown or self.headline in title):
            shown = self.headline
        return shown[:_LONGEST] or None

    def language(self) -> str | None:
        """ISO 639 code."""
        for value in (self._lang, self._meta.get("content-language"), self._meta.get("og:locale")):
            if value and (match := re.match(r"([a-z]{2,3})(?:[-_,;\s]|$)", value.strip().lower())):
                return match[1]
        return None

    def url(self) -> str | None:
        """The address that the page calls its own."""
        for value in (self._canonical, self._meta.get("og:url")):
            if value and re.fullmatch(r"https?://[^\s<>\"]{3,2000}", value.strip()):
                return value.strip()
        return None

    def published(self) -> str | None:
        """The day of publication, or as much of it as is given."""
        given = [self._meta[name] for name in _DATES if name in self._meta]
        for value in (*given, *self._published_data(), self._time):
            if value and (found := day(value)):
                return found
        return None

    def _published_data(self) -> Iterator[str]:
        for source in self._linked_data:
            try:
                waiting: list[Any] = [json.loads(source)]
            except (ValueError, RecursionError):
                continue
            while waiting:
                item = waiting.pop()
                if isinstance(item, dict):
                    if isinstance(value := item.get("datePublished"), str):
                        yield value
                    waiting += item.values()
                elif isinstance(item, list):
                    waiting += item


def day(value: str) -> str | None:
    """`2018-03-08`, `2018-03` or `2018` out of a timestamp; None where it is no date that exists."""
    match = _DAY.match(value.strip())
    if not match:
        return None
    year, month, of_month = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        date(year, month or 1, of_month or 1)
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)
