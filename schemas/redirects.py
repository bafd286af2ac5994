"""The table redirects."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, Table, Text, column


class Redirects(Table, key=("old_id",)):
    """Identifiers that a thing had, or would have by one of its names alone, and what stands for them now."""

    old_id: Text = column("Identifier that is no longer in use", DERIVED)
    new_id: Text = column("Identifier that replaces it, null where the thing is gone", DERIVED, nullable=True)
    reason: Text = column("Why it changed", DERIVED, codes=codes.REDIRECT_REASON)
    release: Text = column("Release in which it changed", DERIVED)
