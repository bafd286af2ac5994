"""Text from outside, made harmless for where people look at it: a terminal, a Markdown page, a spreadsheet."""

from __future__ import annotations

import re

# Control characters, marks of direction and what nobody sees; line breaks too.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~<>&])")
# What a spreadsheet takes for a formula, full-width signs too, also behind an apostrophe put there for this.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def visible(text: str) -> str:
    """One line in which hidden characters stand as `\\u202e`: a terminal obeys none, and order is as written."""
    return _HIDDEN.sub(lambda m: f"\\x{ord(m[0]):02x}" if ord(m[0]) < 256 else f"\\u{ord(m[0]):04x}", text)


def markdown(text: str) -> str:
    """Text that Markdown shows as it is: no link, no image, no HTML."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


def spreadsheet(text: str) -> str:
    """Text that no spreadsheet computes: an apostrophe in front of what looks like a formula, which it shows as text.

    Taking one apostrophe away again gives the text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text
