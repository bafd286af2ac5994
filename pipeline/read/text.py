"""Plain text and Markdown: the bytes decoded as UTF-8 and nothing else."""

from __future__ import annotations


class Unreadable(ValueError):
    """A file that cannot be used; the message says why and what to do."""


def read_text(raw: bytes) -> str:
    """The text of `raw`: no newline translation, a byte-order mark is kept, so that offsets count in the file.

    Raises Unreadable for an empty file, one that is not UTF-8, and one that holds NUL characters.
    """
    if not raw.strip(b"\xef\xbb\xbf\t\n\r "):
        raise Unreadable("the file is empty: add text or remove the file")
    if b"\0" in raw:
        raise Unreadable("the file holds NUL characters, so it is not text: export it as plain UTF-8 text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 at byte {error.start}: save the file as UTF-8") from None
