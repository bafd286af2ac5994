"""Plain text and Markdown: the bytes decoded as UTF-8 and nothing else."""

from __future__ import annotations

from pipeline.read.reading import Unreadable

__all__ = ["NotUtf8", "Unreadable", "read_text"]


class NotUtf8(Unreadable):
    """Text in another encoding, which may still be guessed."""


def read_text(raw: bytes) -> str:
    """The text of `raw`: no newline translation, a byte-order mark is kept, so that offsets count in the file.

    Raises Unreadable for an empty file and one that holds NUL characters, NotUtf8 for one that is not UTF-8.
    """
    if not raw.strip(b"\xef\xbb\xbf\t\n\r "):
        raise Unreadable("the file is empty: add text or remove the file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotUtf8("not UTF-8 at byte 0: save the file as UTF-8")
    if b"\0" in raw:
        raise Unreadable("the file holds NUL characters, so it is not text: export it as plain UTF-8 text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(f"not UTF-8 at byte {error.start}: save the file as UTF-8") from None
