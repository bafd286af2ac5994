"""Saved web pages: the main text with its layout, and what the page says about itself.

The parser of the standard library feeds a stack of open elements; nothing is fetched and no script is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pipeline.read.encodings import guessed, marked
from pipeline.read.html_facts import Facts
from pipeline.read.layout import Block, clean, render, row, squeeze
from pipeline.read.reading import Limits, Reading, Unreadable

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Nothing in these is text of the page.
_MUTE = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "canvas",
    "audio",
    "video",
    "select",
    "button",
    "textarea",
    "label",
    "datalist",
    "nav",
    "footer",
    "dialog",
    "menu",
    "map",
}
_MUTE_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "menu", "menubar", "alertdialog", "tablist"}
_DULL = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|footer|sidebar|cookies?|consent|gdpr|share|sharing"
    r"|social|related|pagination|pager|comments?|newsletter|skip|toolbar|advert|ads|popup|modal)(?:$|[\s_-])",
    re.I,
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCK = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
} | _HEADINGS.keys()
# An opening tag that ends one of these before it, where nothing between them forbids.
_CLOSES = {
    "li": ({"li"}, {"ul", "ol"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_FEWEST_IN_MAIN = 200
_LONGEST_CELL = 600


def read_html(raw: bytes, limits: Limits) -> Iterator[Reading]:
    """One reading of a page. Raises Unreadable where it is nested too deeply or holds no text."""
    source, encoding = decode(raw)
    if "\0" in source:
        raise Unreadable("the file holds NUL characters, so it is no page: save the page anew")
    page = _Page(limits.depth)
    page.feed(source)
    page.close()
    page.flush()
    text = render(_main(page.found, page.facts.headline))
    if not text.strip():
        raise Unreadable("no text in it (a page that a script fills?): save what the browser shows")
    facts = page.facts
    yield Reading(text, facts.title(), facts.language(), facts.published(), facts.url(), encoding)


def decode(raw: bytes) -> tuple[str, str | None]:
    """The page's characters, and its encoding where that had to be guessed."""
    if found := marked(raw):
        return found[0], None
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if declared := _CHARSET.search(raw[:4096]):
        name = declared[1].decode().lower()
        try:
            # What browsers do: Latin-1 on the web is Windows-1252. Damaged bytes of a page are shown, not refused.
            known = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name
            return raw.decode(known, "replace"), None
        except (LookupError, UnicodeError):
            pass
    return guessed(raw)


@dataclass(slots=True)
class _Open:
    """An open element; `mute` holds for all within it."""

    tag: str
    mute: bool
    dull: bool
    place: str


@dataclass(slots=True)
class _Found(Block):
    """A block with where it stood and how much of it was links."""

    dull: bool = False
    place: str = ""
    linked: float = 0.0


@dataclass(slots=True)
class _Row:
    """An open table row: for each cell its blocks."""

    cells: list[list[_Found]] = field(default_factory=list)


class _Page(HTMLParser):
    """Collects blocks in order of the page."""

    def __init__(self, depth: int) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = depth
        self.found: list[_Found] = []
        self.facts = Facts()
        self._stack: list[_Open] = []
        self._words: list[str] = []
        self._letters = self._linked = 0
        self._bullet = False
        self._label: str | None = None
        self._rows: list[_Row] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.facts.see(tag, given)
        if tag == "br":
            self._words.append("\n")
        if tag in _BLOCK:
            self.flush()
        if tag in _VOID:
            return
        self._close_implied(tag)
        above = self._stack[-1] if self._stack else _Open("", False, False, "")
        self._stack.append(self._opened(tag, given, above))
        if len(self._stack) > self.depth:
            raise Unreadable(f"its elements are nested more than {self.depth} deep: save it as plain text")
        if tag == "li":
            self._bullet = True
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A slash means nothing in HTML but on elements that have no content anyhow.
        self.handle_starttag(tag, attrs)
        if tag in ("svg", "math", "iframe", "script"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" or tag in _BLOCK:
            self.flush()
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].tag == tag:
                self._close_from(at)
                return
            if self._stack[at].tag in ("td", "th", "table") and tag not in ("tr", "table", "tbody", "body", "html"):
                return

    def handle_data(self, data: str) -> None:
        inside = self._stack[-1] if self._stack else None
        if inside is not None and inside.tag in ("title", "script"):
            self.facts.words(inside.tag, data)
        if inside is None or not inside.mute:
            pre = any(e.tag == "pre" for e in self._stack[-8:])
            self._words.append(data if pre else data.replace("\n", " ").replace("\r", " "))
            size = len(data.strip())
            self._letters += size
            if any(e.tag == "a" for e in self._stack[-8:]):
                self._linked += size

    def flush(self) -> None:
        """End the current block, if it has any words."""
        lines = [squeeze(line) for line in clean("".join(self._words)).split("\n")]
        linked = self._linked / self._letters if self._letters else 0.0
        self._words, self._letters, self._linked = [], 0, 0
        lines = [line for line in lines if line]
        if not lines:
            return
        tags = [e.tag for e in self._stack]
        inside = self._stack[-1] if self._stack else _Open("", False, False, "")
        heading = next((t for t in reversed(tags) if t in _HEADINGS), None)
        block = _Found("paragraph", "\n".join(lines), 1, inside.dull, inside.place, linked)
        if heading:
            block.kind, block.text, block.level = "heading", " ".join(lines), _HEADINGS[heading]
            self.facts.heading(block.level, block.text)
        elif "dt" in tags[-4:]:
            self._label = " ".join(lines)
            return
        elif "dd" in tags[-4:] and self._label:
            block.kind, block.text = "row", f"{self._label.rstrip(' :')}: {'; '.join(lines)}"
            self._label = None
        elif self._bullet:
            block.kind, block.text = "item", " ".join(lines)
            block.level = max(1, sum(t in ("ul", "ol") for t in tags))
        self._bullet = False
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(block)
        else:
            self.found.append(block)

    def _opened(self, tag: str, given: dict[str, str], above: _Open) -> _Open:
        role = given.get("role", "").lower()
        hidden = "hidden" in given or re.search(r"display\s*:\s*none", given.get("style", ""), re.I) is not None
        mute = above.mute or tag in _MUTE or role in _MUTE_ROLES or hidden or tag in ("head", "title")
        if tag in ("html", "body"):
            mute = False
        place = above.place
        if tag == "main" or role == "main":
            place = "main"
        elif tag == "article" and place != "main":
            place = "article"
        inner = place != above.place
        named = tag not in ("html", "body") and not inner and _DULL.search(f"{given.get('class')} {given.get('id')}")
        outside = tag in ("header", "aside") and not place
        return _Open(tag, mute, (above.dull and not inner) or bool(named) or outside, place)

    def _close_implied(self, tag: str) -> None:
        if tag in _BLOCK and self._stack and self._stack[-1].tag == "p":
            self._stack.pop()
        ends, walls = _CLOSES.get(tag, (set(), set()))
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].tag in walls:
                # A cell that was not closed stands above its row.
                return
            if self._stack[at].tag in ends and not (tag == "tr" and self._stack[at].tag != "tr"):
                self._close_from(at)
                return

    def _close_from(self, at: int) -> None:
        for element in reversed(self._stack[at:]):
            if element.tag == "tr" and self._rows:
                self._end_row(self._rows.pop())
            elif element.tag == "li":
                self._bullet = False
        del self._stack[at:]

    def _end_row(self, done: _Row) -> None:
        cells = [cell for cell in done.cells if cell]
        alone = len(cells) < 2 and (len(done.cells) < 2 or not cells or len(cells[0]) > 1 or len(cells[0][0].text) > 80)
        laid_out = alone or any(
            len(cell) > 8
            or sum(len(b.text) for b in cell) > _LONGEST_CELL
            or any(b.kind in ("heading", "row") for b in cell)
            for cell in cells
        )
        if laid_out:
            blocks = [block for cell in cells for block in cell]
        else:
            words = [" ".join("; ".join(b.text for b in cell).split("\n")) for cell in done.cells]
            first = cells[0][0]
            linked = max(b.linked for cell in cells for b in cell)
            blocks = [_Found("row", row(words), 1, first.dull, first.place, linked)]
        into = self._rows[-1].cells[-1] if self._rows and self._rows[-1].cells else self.found
        into.extend(blocks)


def _main(found: list[_Found], headline: str | None) -> list[Block]:
    """The blocks of the main text: what the page marks as such, else all but what surrounds it."""
    plain = [b for b in found if not b.dull]
    if _size(plain) * 3 < _size(found) and not any(b.place for b in plain):
        # The names of its parts mislead: rather too much than nothing.
        plain = found
    marked_main = [b for b in plain if b.place == "main"]
    articles = [b for b in plain if b.place == "article"]
    if _size(marked_main) >= _FEWEST_IN_MAIN or (marked_main and _size(marked_main) * 2 > _size(plain)):
        chosen = marked_main
    elif _size(articles) * 2 > _size(plain):
        chosen = articles
    else:
        chosen = _trim(plain)
    if headline and not any(b.kind == "heading" and b.level == 1 for b in chosen):
        chosen = [_Found("heading", headline), *chosen]
    return list(chosen)


def _trim(blocks: list[_Found]) -> list[_Found]:
    """Without the blocks of nothing but links at either end; lists of links in the midst of a text stay."""

    def around(block: _Found) -> bool:
        return block.linked > 0.9 and block.kind != "heading"

    first, last = 0, len(blocks)
    while first < last and around(blocks[first]):
        first += 1
    while last > first and around(blocks[last - 1]):
        last -= 1
    return blocks[first:last] or blocks


def _size(blocks: list[_Found]) -> int:
    return sum(len(b.text) for b in blocks)
