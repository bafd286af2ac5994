"""The table agenda."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Integer, Table, Text, column, identifier
from schemas.entities import ANY


class Agenda(Table, key=("agenda_id",), references={"subject_id": "entities"}, evidenced=True):
    """What a partnership or event sets out to do, offers or concluded, item by item."""

    agenda_id: Text = identifier("agenda", "Identifier of the fact")
    subject_id: Text = identifier(ANY, "Whose item it is", STATED)
    kind: Text = column("What sort of item", STATED, codes=codes.AGENDA_KIND)
    position: Integer = column("Place of the item in its list, from 1", DERIVED, ge=1)
    text: Text = column("The item, verbatim", STATED)
    language: Text = column("Language of the item (ISO 639-1)", DERIVED, pattern=r"^[a-z]{2,3}$", nullable=True)
