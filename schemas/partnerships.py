"""The table partnerships."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, REFERENCE, STATED, Day, Flag, Table, Text, bound, column, dated, identifier


class Partnerships(Table, key=("partnership_id",), references={"partnership_id": "entities"}, evidenced=True):
    """Named collaborations that actors are in."""

    partnership_id: Text = identifier("partnership", "Identifier of the partnership")
    name: Text = column("Preferred name", STATED)
    acronym: Text = column("Short form made of letters", STATED, nullable=True)
    kind: Text = column("Kind of collaboration", STATED, codes=codes.PARTNERSHIP_KIND, nullable=True)
    platform: Text = column("Thematic platform it belongs to", STATED, codes=codes.PLATFORM, nullable=True)
    is_s3: Flag = column("Belongs to smart specialisation", DERIVED, nullable=True)
    launched: Text = dated("When it was launched")
    launched_earliest: Day = bound("launched", "earliest")
    launched_latest: Day = bound("launched", "latest")
    ended: Text = dated("When it ended")
    ended_earliest: Day = bound("ended", "earliest")
    ended_latest: Day = bound("ended", "latest")
    url: Text = column("Its own address", REFERENCE, nullable=True)
