"""The table programmes."""

from __future__ import annotations

from schemas import codes
from schemas.base import REFERENCE, STATED, Day, Table, Text, bound, column, dated, identifier


class Programmes(Table, key=("programme_id",), references={"programme_id": "entities"}, evidenced=True):
    """Policy and funding frames."""

    programme_id: Text = identifier("programme", "Identifier of the programme")
    name: Text = column("Preferred name", STATED)
    acronym: Text = column("Short form made of letters", STATED, nullable=True)
    kind: Text = column("Kind of frame", STATED, codes=codes.PROGRAMME_KIND, nullable=True)
    launched: Text = dated("When it was launched")
    launched_earliest: Day = bound("launched", "earliest")
    launched_latest: Day = bound("launched", "latest")
    ended: Text = dated("When it ended")
    ended_earliest: Day = bound("ended", "earliest")
    ended_latest: Day = bound("ended", "latest")
    url: Text = column("Its own address", REFERENCE, nullable=True)
