"""Text in encodings other than UTF-8: told by a byte-order mark, by the file itself, or guessed."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from pipeline.read.reading import Limits, Reading, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that European texts are found in; more of them make a guess worse.
_EUROPEAN = [
    *(f"cp{n}" for n in (1250, 1251, 1252, 1253, 1254, 1257)),
    *(f"iso8859_{n}" for n in (2, 5, 7, 13)),
    "koi8_r",
]
_FEWEST_BYTES = 60


def read_guessed(raw: bytes, limits: Limits) -> Iterator[Reading]:
    """Plain text in whatever encoding it is found to have; `Reading.encoding` names it."""
    text, encoding = marked(raw) or guessed(raw)
    if "\0" in text:
        raise Unreadable("the file holds NUL characters, so it is not text: export it as plain UTF-8 text")
    if not text.strip():
        raise Unreadable("the file is empty: add text or remove the file")
    yield Reading(text, encoding=encoding)


def marked(raw: bytes) -> tuple[str, str] | None:
    """Text and encoding where a byte-order mark tells; None where there is none. Raises Unreadable for a broken one."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Unreadable(f"not {encoding} at byte {error.start}, as it says: save it as UTF-8") from None
    return None


def guessed(raw: bytes) -> tuple[str, str]:
    """Text and encoding where only the bytes tell. Raises Unreadable where they tell too little."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise Unreadable(
            "not UTF-8: save the file as UTF-8, or pip install 's3-partnerships[encodings]' to have it guessed"
        ) from None
    if len(raw) < _FEWEST_BYTES:
        raise Unreadable("not UTF-8, and too short to tell in which encoding it is: save the file as UTF-8")
    best = from_bytes(raw, cp_isolation=_EUROPEAN, enable_fallback=False).best()
    if best is None or best.chaos > 0.2:
        raise Unreadable("not UTF-8, nor text in an encoding that can be told: save the file as UTF-8")
    return raw.decode(best.encoding), best.encoding
