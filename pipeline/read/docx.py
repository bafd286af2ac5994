"""Word documents (.docx): a zip of XML parts, unpacked by counted bytes and read as a stream of elements."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from pipeline.read.layout import Block, Kind, clean, render, row, squeeze
from pipeline.read.reading import Limits, Reading, Unreadable

_RATIO, _RATIO_FROM = 200, 10_000_000
_MAIN = "/officeDocument"
# Deleted text, field codes, the copy of a text box for older programs, deleted and moved-away paragraphs.
_MUTE = {"del", "moveFrom", "instrText", "delText", "Fallback", "rPrChange", "pPrChange"}
_HEADING = re.compile(r"(?:heading ([1-9])|title|subtitle)$", re.I)
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_docx(raw: bytes, limits: Limits) -> Iterator[Reading]:
    """One reading. Raises Unreadable for what is no .docx, is damaged or unpacks to more than is allowed."""
    if raw.startswith(_OLD_WORD):
        raise Unreadable("an old .doc or protected by a password: open it and save it as .docx without one")
    try:
        package = _Package(raw, limits)
        main = package.main()
        document = _Body(limits, _styles(package, main, limits))
        document.parse(package.read(main), main)
        core = _Core(limits)
        if package.has("docProps/core.xml"):
            core.parse(package.read("docProps/core.xml"), "docProps/core.xml")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, KeyError) as error:
        detail = " ".join(str(error).split())[:120]
        raise Unreadable(f"no whole .docx ({detail}): save it anew") from None
    text = render(document.blocks)
    if not text.strip():
        raise Unreadable("no text in it: remove the file")
    language = re.match(r"[a-z]{2,3}(?=-|$)", core.found.get("language", "").lower())
    title = squeeze(clean(core.found.get("title", "")))[:400]
    yield Reading(text, title=title or None, language=language[0] if language else None)


class _Package:
    """The zip: parts by name, with all that is unpacked counted."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self._left = limits.unpacked
        self._limits = limits

    def has(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def main(self) -> str:
        """The name of the part that holds the text."""
        if self.has("_rels/.rels"):
            relations = _Relations(self._limits)
            relations.parse(self.read("_rels/.rels"), "_rels/.rels")
            if relations.main:
                return relations.main
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise Unreadable("a zip file but no Word document: give the file the ending of what it is")

    def read(self, name: str) -> bytes:
        """One part. Raises Unreadable where it unpacks to too much: what the zip says of its size is not believed."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise Unreadable("protected by a password: save it without one")
        out = bytearray()
        with self._zip.open(info) as part:
            while piece := part.read(1 << 16):
                out += piece
                if len(out) > max(_RATIO_FROM, _RATIO * info.compress_size):
                    raise Unreadable(f"{name} unpacks to more than {_RATIO} times its size: not a genuine document")
                if len(out) > self._left:
                    limit = self._limits.unpacked / 1e6
                    raise Unreadable(f"it unpacks to more than {limit:.0f} MB: split the file")
        self._left -= len(out)
        return bytes(out)


class _Xml:
    """A streaming reader of one XML part; neither document types nor entities are allowed."""

    def __init__(self, limits: Limits) -> None:
        self._depth, self._deepest = 0, limits.depth

    def parse(self, source: bytes, name: str) -> None:
        """Read a part. Raises Unreadable where it is no XML, is nested too deeply, or declares a document type."""

        def opened(tag: str, given: dict[str, str]) -> None:
            self._depth += 1
            if self._depth > self._deepest:
                raise Unreadable(f"{name}: elements are nested more than {self._deepest} deep: save it as plain text")
            self.start(_local(tag), {_local(key): value for key, value in given.items()})

        def closed(tag: str) -> None:
            self._depth -= 1
            self.end(_local(tag))

        def refused(*_: object) -> None:
            raise Unreadable(f"{name} declares a document type, which Word never does: not a genuine document")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
        try:
            parser.Parse(source, True)
        except expat.ExpatError as error:
            raise Unreadable(f"{name} is damaged ({error}): save the document anew") from None

    def start(self, tag: str, given: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, words: str) -> None: ...


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Relations(_Xml):
    main: str | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        if given.get("Type", "").endswith(_MAIN) and given.get("TargetMode") != "External":
            self.main = posixpath.normpath(given.get("Target", "")).lstrip("/")


class _Core(_Xml):
    """What the file says of itself."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: dict[str, str] = {}
        self._inside = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        self._inside = tag

    def end(self, tag: str) -> None:
        self._inside = ""

    def text(self, words: str) -> None:
        self.found[self._inside] = self.found.get(self._inside, "") + words


@dataclass(slots=True)
class _Style:
    """What a paragraph style makes of its paragraphs."""

    heading: int = 0
    listed: bool = False
    based_on: str = ""


class _Styles(_Xml):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: dict[str, _Style] = {}
        self._style = _Style()

    def start(self, tag: str, given: dict[str, str]) -> None:
        value = given.get("val", "")
        if tag == "style":
            self._style = self.found.setdefault(given.get("styleId", ""), _Style())
        elif tag == "basedOn":
            self._style.based_on = value
        elif tag == "name" and (match := _HEADING.match(value)):
            self._style.heading = int(match[1] or 1)
        elif tag == "outlineLvl" and value.isdigit() and int(value) < 9:
            self._style.heading = int(value) + 1
        elif tag == "numId":
            self._style.listed = value != "0"

    def get(self, name: str) -> _Style:
        """A style with what it inherits."""
        style, seen = self.found.get(name, _Style()), {name}
        found = _Style(style.heading, style.listed)
        while style.based_on and style.based_on not in seen:
            seen.add(style.based_on)
            style = self.found.get(style.based_on, _Style())
            found.heading, found.listed = found.heading or style.heading, found.listed or style.listed
        return found


def _styles(package: _Package, main: str, limits: Limits) -> _Styles:
    styles = _Styles(limits)
    name = posixpath.join(posixpath.dirname(main), "styles.xml")
    if package.has(name):
        styles.parse(package.read(name), name)
    return styles


@dataclass(slots=True)
class _Paragraph:
    """An open paragraph."""

    words: list[str] = field(default_factory=list)
    style: str = ""
    outline: int = 0
    listed: bool | None = None
    level: int = 1


class _Body(_Xml):
    """Blocks of the main part. Tables within a cell and text boxes are read where they stand."""

    def __init__(self, limits: Limits, styles: _Styles) -> None:
        super().__init__(limits)
        self.blocks: list[Block] = []
        self._styles = styles
        self._mute = 0
        self._open: list[_Paragraph] = []
        self._rows: list[list[list[str]]] = []
        self._in_text = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _MUTE:
            self._mute += 1
        if self._mute:
            return
        value = given.get("val", "")
        current = self._open[-1] if self._open else None
        if tag == "p":
            self._open.append(_Paragraph())
        elif tag == "tr":
            self._rows.append([])
        elif tag == "tc" and self._rows:
            self._rows[-1].append([])
        elif current is None:
            return
        elif tag == "t":
            self._in_text = True
        elif tag == "tab" and not given:
            current.words.append("\t")
        elif tag in ("br", "cr"):
            current.words.append("\n")
        elif tag == "noBreakHyphen":
            current.words.append("\u2011")
        elif tag == "pStyle":
            current.style = value
        elif tag == "outlineLvl" and value.isdigit() and int(value) < 9:
            current.outline = int(value) + 1
        elif tag == "numId":
            current.listed = value != "0"
        elif tag == "ilvl" and value.isdigit():
            current.level = int(value) + 1

    def end(self, tag: str) -> None:
        if tag in _MUTE:
            self._mute -= 1
        elif self._mute:
            return
        elif tag == "t":
            self._in_text = False
        elif tag == "p" and self._open:
            self._finish(self._open.pop())
        elif tag == "tr" and self._rows:
            cells = self._rows.pop()
            line = row("; ".join(cell).replace("\n", " ") for cell in cells)
            if self._rows and self._rows[-1]:
                self._rows[-1][-1].append(line)
            elif any(cells):
                long = len(cells) == 1 or max(sum(map(len, cell)) for cell in cells) > 600
                found = (
                    [Block("paragraph", words) for cell in cells for words in cell] if long else [Block("row", line)]
                )
                self.blocks += found

    def text(self, words: str) -> None:
        if self._in_text and not self._mute and self._open:
            self._open[-1].words.append(words)

    def _finish(self, done: _Paragraph) -> None:
        lines = [squeeze(line) for line in clean("".join(done.words)).split("\n")]
        words = "\n".join(line for line in lines if line)
        if not words:
            return
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(words)
            return
        style = self._styles.get(done.style)
        heading = done.outline or style.heading
        listed = style.listed if done.listed is None else done.listed
        kind: Kind = "heading" if heading else "item" if listed else "paragraph"
        if kind != "paragraph":
            words = words.replace("\n", " ")
        self.blocks.append(Block(kind, words, heading or done.level))
