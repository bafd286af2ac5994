"""The table links."""

from __future__ import annotations

from schemas import codes
from schemas.base import STATED, Table, Text, column, identifier

LINKED = "partnership|programme|event"


class Links(Table, key=("link_id",), references={"subject_id": "entities", "object_id": "entities"}, evidenced=True):
    """What belongs to, is paid by, follows or supports what: partnerships, programmes and events."""

    link_id: Text = identifier("link", "Identifier of the fact")
    subject_id: Text = identifier(LINKED, "What the statement is about", STATED)
    relation: Text = column("How the two are linked", STATED, codes=codes.RELATION)
    object_id: Text = identifier(LINKED, "What it is linked to", STATED)
