"""The table attendances."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Table, Text, column, identifier
from schemas.memberships import PARTICIPANT


class Attendances(
    Table,
    key=("attendance_id",),
    references={"event_id": "events", "participant_id": "entities", "on_behalf_of_id": "entities"},
    evidenced=True,
):
    """Who was at what event, in which role."""

    attendance_id: Text = identifier("attendance", "Identifier of the fact")
    event_id: Text = identifier("event", "The event", STATED)
    participant_id: Text = identifier(PARTICIPANT, "Who was there", STATED)
    participant_kind: Text = column("Kind of participant", DERIVED, codes=codes.PARTICIPANT_KIND)
    role: Text = column("Role at the event", STATED, codes=codes.ATTENDANCE_ROLE)
    role_text: Text = column("The role in the source's own words", STATED, nullable=True)
    on_behalf_of_id: Text = identifier(PARTICIPANT, "Region or body represented", STATED, nullable=True)
    status: Text = column("Whether they were there", STATED, codes=codes.ATTENDANCE_STATUS, nullable=True)
