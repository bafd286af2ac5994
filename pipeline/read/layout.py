"""Blocks of a laid-out document written as plain lines, so that the layout survives.

A heading has a blank line on either side, paragraphs are parted by blank lines, list items open with a bullet, the
cells of a row are joined by a bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "row"]
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
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if not block.text:
            continue
        together = before is not None and before.kind == block.kind and block.kind in ("item", "row")
        if before is not None and not together:
            lines.append("")
        indent = "  " * (block.level - 1) if block.kind == "item" else ""
        lines.append(f"{indent}{BULLET if block.kind == 'item' else ''}{block.text}")
        before = block
    return "\n".join(lines) + "\n" if lines else ""


def row(cells: Iterable[str]) -> str:
    """The cells of a table's row on one line; a bar within a cell becomes a slash."""
    return BAR.join(squeeze(cell.replace("|", "/")) for cell in cells).strip(" ")
