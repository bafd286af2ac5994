"""The layout of a text: headings, paragraphs, list items under their lead-in, label-and-value lines, table rows.

Only the shape of lines is read here; what words mean is asked of the language pack for the few headings that open a
zone of their own (navigation, contact, see also).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

Range = tuple[int, int]
LONGEST = 4_000
"""Characters of a block, rows of tables apart."""
_BULLET = re.compile(
    r"(?:[•‣◦▪■●○·*→►▶✓✔»>]+|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[^\W\d_][.)](?=\s)|\([ivx]{1,4}\))\s*"
)
_NUMBERED = re.compile(r"\(?(\d{1,2})([.)])\s")
# White space is looked at from its beginning only, so that the time is linear in the text.
_PIPE = re.compile(r"(?<!\s)\s*+\|\s*+")
_WIDE = re.compile(r"\t+|\s{2,}")
_CRUMBS = re.compile(r"(?<!\s)\s++[|/›»>·•]\s++|\s[-–]>\s")
_CRUMB = re.compile(r"[|/›»>·•]")
_DAY = re.compile(r"\b\d{1,2}\b\D{1,20}\b(19|20)\d\d\b|\b\d{1,2}\.\s?\d{1,2}\.\s?(19|20)\d\d\b")
_OPENS_WITH_DAY = re.compile(r"\d{1,2}(?!\d)|(19|20)\d\d\D\d{1,2}\D")
_DATED = 4
_COLUMNS = re.compile(r"\S(?:\t+| {3,})\S")
_LABEL = re.compile(r"([^\n:]{2,60}?)\s*[:：]\s+(?=\S)")
_PAUSE = re.compile(r"[.!?…;]\s+(?=\S)")
_TERMINAL = ".!?…;"
_BLANK = " \t\u00a0\ufeff\u3000"


@dataclass(slots=True)
class Block:
    """One unit of layout at `[start, end)`, bullets and labels left out.

    `kind` is heading, paragraph, item, label or row; `entry` marks a line that opens with a name
    and a colon. `leadin` and `heading` are indexes of the blocks that introduce it,
    -1 for none; `cells` are the spans of a row's columns; `label` is the span of the label before a value.
    """

    kind: str
    start: int
    end: int
    zone: str = "body"
    leadin: int = -1
    heading: int = -1
    label: Range | None = None
    cells: list[Range] = field(default_factory=list)
    header: int = -1
    indent: int = 0
    gap: bool = False
    entry: bool = False


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    indent: int
    gap: bool
    bullet: bool
    numbered: bool
    text: str
    columns: bool
    width: int
    more: list[str] = field(default_factory=list)


# How far below a title it may stand once more.
_AHEAD = 30
# What stands between is no longer than a title.
_TEASER = 100
_RAW = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")


def _numbers(text: str) -> set[int]:
    """The numbers with which lines open that count on or are counted on from; a lone one is an ordinal: 3. Sitzung."""
    opened = {int(m[1]) for raw in _RAW.findall(text) if (m := _NUMBERED.match(raw.strip(_BLANK)))}
    return {n for n in opened if n == 1 or n - 1 in opened or n + 1 in opened}


def _lines(text: str) -> list[_Line]:
    lines, gap = [], True
    counted = _numbers(text)
    for match in _RAW.finditer(text):
        raw = match.group(1)
        body = raw.strip(_BLANK)
        if not body:
            gap = True
            continue
        indent = len(raw) - len(raw.lstrip(_BLANK))
        start = match.start() + indent
        numbered = _NUMBERED.match(body)
        ordinal = numbered is not None and numbered[2] == "." and int(numbered[1]) not in counted
        bullet = None if ordinal else _BULLET.match(body)
        skip = bullet.end() if bullet and bullet.end() < len(body) else 0
        lines.append(
            _Line(
                start + skip,
                start + len(body),
                indent,
                gap,
                skip > 0,
                numbered is not None and not ordinal,
                body[skip:],
                bool(_COLUMNS.search(body, skip)),
                len(body) - skip,
            )
        )
        gap = False
    return lines


def blocks(text: str, is_section: Callable[[str, str], bool]) -> list[Block]:
    """Blocks of a text in order. `is_section(kind, words)` tells whether a heading opens navigation, see_also
    or contact."""
    lines = _join_wrapped(_lines(text))
    found: list[Block] = []
    table = _tables(lines)
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        found += _stretches(text, _block(text, line, following, table.get(i)))
    _structure(text, found, is_section)
    _zones(text, found, is_section)
    return found


def _stretches(text: str, block: Block) -> Iterator[Block]:
    """The block, in paragraphs of bearable length if it is longer than any that people write: passes look at a block
    as a whole more than once. It is cut behind a sentence, else at a space."""
    while block.end - block.start > LONGEST and block.kind != "row":
        last = block.start + LONGEST
        cut = next((m.end() for m in _PAUSE.finditer(text, last - LONGEST // 4, last)), 0)
        cut = cut or text.rfind(" ", block.start + 1, last) + 1 or last
        end = cut
        while end > block.start + 1 and text[end - 1].isspace():
            end -= 1
        yield replace(block, end=end)
        block = replace(block, kind="paragraph", start=cut, label=None, gap=False)
    yield block


def _join_wrapped(lines: list[_Line]) -> list[_Line]:
    """Put hard-wrapped lines of one paragraph or item together."""
    widths = [line.end - line.start for line in lines]
    wrapped = sum(55 <= w <= 110 for w in widths) * 2 > len(lines) and max(widths, default=0) <= 115
    out: list[_Line] = []
    for line in lines:
        before = out[-1] if out else None
        if before and not line.gap and not line.bullet and _continues(before, line, wrapped):
            before.end, before.width = line.end, before.width + 1 + line.width
            before.more.append(line.text)
        else:
            out.append(line)
    for line in out:
        line.text = " ".join([line.text, *line.more])
    return out


def _continues(before: _Line, line: _Line, wrapped: bool) -> bool:
    if "|" in line.text or line.columns or before.columns:
        return False
    last = (before.more[-1] if before.more else before.text)[-1]
    if last == ":" or last in _TERMINAL:
        return wrapped and last != ":" and line.text[:1].islower()
    if line.text[:1].islower() and not _LABEL.match(line.text):
        return before.width > 30
    return (last == "," and before.width > 25) or (wrapped and before.width > 55)


def _tables(lines: list[_Line]) -> dict[int, int]:
    """Index of line -> index of the first line of its table: runs of lines with the same number of columns,
    three or more."""
    counts = [len(_cells(line.text, 0)) for line in lines]
    table: dict[int, int] = {}
    i = 0
    while i < len(lines):
        j = i
        while j + 1 < len(lines) and counts[j + 1] == counts[i] and counts[i] >= 3:
            j += 1
        if j > i:
            table.update(dict.fromkeys(range(i, j + 1), i))
        i = j + 1
    return table


def _cells(line: str, at: int) -> list[Range]:
    cells, last = [], 0
    splitter = _PIPE if "|" in line else _WIDE
    for match in splitter.finditer(line):
        if match.start() > last:
            cells.append((at + last, at + match.start()))
        last = match.end()
    if last < len(line):
        cells.append((at + last, at + len(line)))
    return cells


def _block(text: str, line: _Line, following: _Line | None, table: int | None) -> Block:
    kind, label, start = "paragraph", None, line.start
    cells: list[Range] = []
    if table is not None:
        kind, cells = "row", _cells(line.text, line.start)
    else:
        match = _LABEL.match(line.text)
        columns = _cells(line.text, line.start) if "|" not in line.text else []
        if (
            match
            and len(match.group(1).split()) <= 6
            and not re.search(r"[.!?;]\s|\s[–—-]\s", match.group(1))
            and "http" not in match.group(1)
            and match.group(1).count("(") == match.group(1).count(")")
        ):
            label, start = (line.start, line.start + match.end(1)), line.start + match.end()
            kind = "label"
        elif (
            len(columns) == 2
            and line.start + 60 > columns[0][1]
            and not line.bullet
            and text[columns[0][1] : columns[1][0]].count(" ") >= 2
        ):
            label, start, kind = columns[0], columns[1][0], "label"
        elif line.bullet:
            kind = "item"
        elif (
            line.text[-1] not in _TERMINAL + ","
            and len(line.text) <= 160
            and not re.search(r"[^\W\d]{3}[.!?] [^\W\d]", line.text)
        ):
            kind = "heading"
    block = Block(kind, start, line.end, label=label, cells=cells, indent=line.indent, gap=line.gap)
    if (
        line.bullet
        and line.numbered
        and kind == "item"
        and line.gap
        and following
        and not following.bullet
        and line.text[-1] not in _TERMINAL
    ):
        block.kind = "heading"
    if line.bullet and kind == "label":
        block.zone = "list"
    if kind == "row":
        block.header = table if table is not None else -1
    return block


def _structure(text: str, found: list[Block], is_section: Callable[[str, str], bool]) -> None:
    """Give every block its heading and, to items, the line that introduces them."""
    heading, leadin = -1, -1
    starts: dict[int, int] = {}
    for i, block in enumerate(found):
        if block.kind == "row":
            starts.setdefault(block.header, i)
            block.header = starts[block.header]
            block.heading = heading
            continue
        opens = text[block.start : block.end].rstrip().endswith(":")
        before = found[i - 1] if i else None
        under = block.kind == "heading" and not opens and not block.gap and leadin >= 0 and i - leadin <= 60
        # A short line right under a lead-in, a label or a short line of its list is an item without a bullet.
        if (
            under
            and before is not None
            and (
                before.kind == "item"
                or (i - 1 == leadin and (block.indent > before.indent or before.kind != "heading" or _listed(found, i)))
            )
        ):
            block.kind = "item"
        if block.kind == "item":
            block.leadin, block.heading = leadin, heading
            if block.zone == "body":
                block.zone = "list"
            continue
        if block.kind == "heading" or (
            block.kind == "paragraph"
            and opens
            and len(text[block.start : block.end]) < 160
            and _next_kind(found, i) != "item"
        ):
            if block.kind == "heading":
                heading = i
        else:
            block.heading = heading
        leads = opens or block.kind in ("label", "paragraph")
        # The kind of text that stands over a title (minutes, press release) introduces no list.
        leads = leads or (
            block.kind == "heading" and (i > 1 or not is_section("document", text[block.start : block.end]))
        )
        leadin = i if leads else -1


def _listed(found: list[Block], i: int) -> bool:
    """At least two short lines without a gap follow one another from here: a list."""
    two = found[i : i + 2]
    return len(two) == 2 and all(block.kind == "heading" for block in two) and not two[1].gap


def _next_kind(found: list[Block], i: int) -> str:
    return found[i + 1].kind if i + 1 < len(found) else ""


def _zones(text: str, found: list[Block], is_section: Callable[[str, str], bool]) -> None:
    titled = False
    closing: str | None = None
    for i, block in enumerate(found):
        line = text[block.start : block.end]
        name = text[slice(*block.label)] if block.label else line
        # Below a title a day and a place are the event's: Tuesday, 5 May 2024 · Cork and online.
        dated = 0 < i < _DATED and found[i - 1].kind == "heading" and _DAY.search(_CRUMBS.split(line)[0])
        trail = _breadcrumb(line) and not dated and (i < _DATED or not _entry(line))
        if block.kind != "row" and (trail or is_section("navigation", name)):
            block.zone = "navigation"
        elif is_section("see_also", name):
            block.zone, closing = "navigation", "navigation"
            continue
        elif is_section("contact", name):
            block.zone, closing = "contact", "contact"
            continue
        elif closing and (
            block.kind in ("item", "label")
            or (block.kind == "heading" and not block.gap)
            or (closing == "contact" and len(line) < 60)
        ):
            block.zone = closing
            continue
        elif (
            not titled
            and block.kind in ("heading", "paragraph", "label")
            and _title(text[(block.label or (block.start, 0))[0] : block.end])
            and not is_section("document", line)
        ):
            block.zone, titled = "title", True
            if block.kind == "label" and block.label is not None and not is_section("label", name):
                block.start, block.label, block.kind = block.label[0], None, "heading"
        closing = None
    _teasers(text, found)


def _teasers(text: str, found: list[Block]) -> None:
    """Between a title and the same title once more a page shows what else it has: short lines, none a sentence."""
    first = next((i for i, block in enumerate(found) if block.zone == "title"), None)
    if first is None or found[first].kind != "heading":
        return
    title = text[found[first].start : found[first].end].casefold()
    again = next(
        (
            i
            for i, block in enumerate(found[first + 2 : first + _AHEAD], first + 2)
            if block.kind == "heading" and text[block.start : block.end].casefold() == title
        ),
        None,
    )
    between = found[first + 1 : again] if again is not None else []
    if all(text[b.end - 1] not in ".!?:;" and b.kind != "row" and b.end - b.start <= _TEASER for b in between):
        for block in between:
            block.zone = "navigation"


def _title(line: str) -> bool:
    """Three words at least, and not the kind of text, number or date that stands over a title."""
    words = re.findall(r"[^\W\d_]{2,}", line)
    if len(words) <= 4 and line.upper() == line:
        return False
    return len(words) >= 3 or (len(words) >= 1 and len(line) >= 8 and not re.search(r"\d", line))


def _entry(line: str) -> bool:
    """Whether a line is of a calendar, for its day comes first or in the midst: 7 June | Cork | Day of the Sea."""
    return bool(_OPENS_WITH_DAY.match(line)) or any(_DAY.search(piece) for piece in _CRUMBS.split(line)[1:-1])


def _breadcrumb(line: str) -> bool:
    if _CRUMB.search(line) is None:
        return False
    parts = _CRUMBS.split(line)
    return (
        len(parts) >= 2
        and not any(": " in p for p in parts[1:])
        and all(len(p.split()) <= 8 for p in parts)
        and (len(parts) >= 3 or "|" in line or len(line) < 90)
        and line[-1] not in ".:"
    )
