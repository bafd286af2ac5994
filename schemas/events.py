"""The table events."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, REFERENCE, STATED, Day, Integer, Table, Text, bound, column, dated, identifier

CLOCK = r"^(?:[01][0-9]|2[0-4]):[0-5][0-9]$"


class Events(Table, key=("event_id",), references={"event_id": "entities", "region_id": "regions"}, evidenced=True):
    """Meetings of people at a time: conferences, workshops, peer learning."""

    event_id: Text = identifier("event", "Identifier of the event")
    name: Text = column("Name, often the source's own phrase", STATED)
    kind: Text = column("Kind of event", STATED, codes=codes.EVENT_KIND, nullable=True)
    edition: Integer = column("Ordinal of the event in its series", STATED, ge=1, nullable=True)
    starts: Text = dated("First day")
    starts_earliest: Day = bound("starts", "earliest")
    starts_latest: Day = bound("starts", "latest")
    ends: Text = dated("Last day")
    ends_earliest: Day = bound("ends", "earliest")
    ends_latest: Day = bound("ends", "latest")
    start_time: Text = column("Time it begins, HH:MM at the place", STATED, pattern=CLOCK, nullable=True)
    end_time: Text = column("Time it closes, HH:MM at the place", STATED, pattern=CLOCK, nullable=True)
    timezone: Text = column("Time zone as the source writes it", STATED, nullable=True)
    mode: Text = column("How people meet", STATED, codes=codes.MODE, nullable=True)
    place: Text = column("Place as the source names it", STATED, nullable=True)
    country_code: Text = column("Country (ISO 3166-1 alpha-2)", DERIVED, pattern=r"^[A-Z]{2}$", nullable=True)
    region_id: Text = identifier("region", "Region of the place", REFERENCE, nullable=True)
