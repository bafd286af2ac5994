"""PDF: the lines of each page with their place and size; `flow` makes paragraphs of them."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterator
from typing import Any

from pipeline.read.flow import Line, flow
from pipeline.read.layout import clean, rendered
from pipeline.read.reading import Limits, Reading, Unreadable

# Letters that fonts write as one, and signs of the symbol fonts that stand for bullets.
_SIGNS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SIGNS |= dict.fromkeys("\uf0b7\uf0a7\uf0fc\uf0d8\uf0a8\uf06e\uf076", "•")
_TABLE = str.maketrans(_SIGNS)


def read_pdf(raw: bytes, limits: Limits) -> Iterator[Reading]:
    """One reading, with the offset at which each page begins. Raises Unreadable where there is no text to be had."""
    import pypdf
    from pypdf.errors import DependencyError, PdfReadError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%PDF-" not in raw[:1024]:
        raise Unreadable("no PDF by its first bytes: give the file the ending of what it is")
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("protected by a password: save it without one")
        count = len(reader.pages)
        if count > limits.pages:
            raise Unreadable(f"{count:,} pages are over the limit of {limits.pages:,}: split the file")
        lines: list[Line] = []
        letters = 0
        for number, page in enumerate(reader.pages):
            for line in _lines(page, number):
                lines.append(line)
                letters += len(line.text)
                if letters > limits.characters:
                    raise Unreadable(f"its text is over the limit of {limits.characters:,} characters: split the file")
        title = reader.metadata.title if reader.metadata else None
    except DependencyError:
        raise Unreadable("encrypted: save it without protection, for example by printing it to a PDF") from None
    except PdfReadError as error:
        detail = " ".join(str(error).split())[:120]
        raise Unreadable(f"a damaged PDF ({detail}): save it anew") from None
    blocks, turns = flow(lines, count)
    text, starts = rendered(blocks)
    if not text.strip():
        raise Unreadable("no text in it (a scan?): run text recognition on it and save it anew")
    pages = tuple(0 if n == 0 else starts[block] + offset for n, (block, offset) in enumerate(turns))
    yield Reading(text, title=clean(str(title)).strip()[:400] or None if title else None, pages=pages)


def _lines(page: Any, number: int) -> list[Line]:
    """The upright lines of a page in the order in which they are drawn."""
    lines: list[Line] = []

    def take(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        words = clean(text.replace("\n", " ")).translate(_TABLE)
        if not words.strip():
            # White space and where it leaves off belong to the line before.
            if lines and words and lines[-1].pieces:
                x, said = lines[-1].pieces[-1]
                lines[-1].pieces[-1] = (x, f"{said} ")
            return
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        height = abs(size * inner[3] * outer[3]) or abs(size * inner[0] * outer[0]) or 1.0
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        last = lines[-1] if lines else None
        if last and (x, words.strip()) == (last.pieces[-1][0], last.pieces[-1][1].strip()) and abs(last.y - y) < 1:
            # Printed twice to look bold.
            return
        if last is None or abs(last.y - y) > 0.4 * max(height, last.size) or x < last.pieces[-1][0] - height:
            last = Line(number, x, y, height, bold)
            lines.append(last)
        last.pieces.append((x, words))
        last.size = max(last.size, height)
        last.bold = last.bold and bold
        last.x = min(last.x, x)

    page.extract_text(orientations=(0,), visitor_text=take)
    return [line for line in lines if line.text]
