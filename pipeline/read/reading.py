"""What a reader is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(ValueError):
    """A file that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file a reader takes before it refuses."""

    pages: int = 2_000
    """Pages of a PDF."""
    unpacked: int = 200_000_000
    """Bytes of a zip-based file once unpacked, counted while unpacking."""
    depth: int = 400
    """Elements within each other in a page or an XML part."""
    characters: int = 20_000_000
    """Length of one document's text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a document and what the file itself says about it; `document_id` only where one file holds many."""

    text: str
    title: str | None = None
    language: str | None = None
    published: str | None = None
    url: str | None = None
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    document_id: str | None = None
