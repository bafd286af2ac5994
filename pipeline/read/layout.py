"""Blocks of a laid-out document written as plain lines, so that the layout survives.

A heading has a blank line on either side, paragraphs are parted by blank lines, list items open with a bullet, the
cells of a row are joined by a bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# "indented" is what may yet prove to be an item.
Kind = Literal["heading", "paragraph", "item", "row", "indented"]
BULLET = "• "
BAR = " | "
# Kept are line break and tab; the other control characters, and halves of pairs, stand for nothing.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


@dataclass(slots=True)
class Block:
    """One unit of layout; `level` is the depth of a heading or of a list."""

    kind: Kind
    text: str
    level: int = 1


def squeeze(text: str) -> str:
    """White space as one space, none at the ends; a no-break space is no white space."""
    return _SPACE.sub(" ", text).strip(" ")


def clean(text: str) -> str:
    """Without control characters and soft hyphens."""
    return _CONTROL.sub("", text).replace("\u00ad", "")


def render(blocks: Iterable[Block]) -> str:
    """The lines of all blocks, with a line break at the end."""
    return rendered(blocks)[0]


def rendered(blocks: Iterable[Block]) -> tuple[str, list[int]]:
    """As `render`, with the offset at which the text of each block begins."""
    parts: list[str] = []
    starts: list[int] = []
    before: Block | None = None
    at = 0
    for block in blocks:
        lead = ""
        if block.text:
            if before is not None:
                lead = "\n" if before.kind == block.kind and block.kind in ("item", "row") else "\n\n"
            if block.kind == "item":
                lead += "  " * (block.level - 1) + BULLET
            before = block
        parts += [lead, block.text]
        starts.append(at + len(lead))
        at += len(lead) + len(block.text)
    return "".join(parts) + ("\n" if before is not None else ""), starts


def row(cells: Iterable[str]) -> str:
    """The cells of a table's row on one line; a bar within a cell becomes a slash."""
    return BAR.join(squeeze(cell.replace("|", "/")) for cell in cells).strip(" ")
