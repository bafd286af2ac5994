"""The table memberships."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Day, Table, Text, bound, column, dated, identifier

PARTICIPANT = "|".join(codes.PARTICIPANT_KIND)


class Memberships(
    Table,
    key=("membership_id",),
    references={"partnership_id": "partnerships", "participant_id": "entities"},
    evidenced=True,
):
    """Who is in what partnership, in which role."""

    membership_id: Text = identifier("membership", "Identifier of the fact")
    partnership_id: Text = identifier("partnership", "The partnership", STATED)
    participant_id: Text = identifier(PARTICIPANT, "Who is in it", STATED)
    participant_kind: Text = column("Kind of participant", DERIVED, codes=codes.PARTICIPANT_KIND)
    role: Text = column("Role in the partnership", STATED, codes=codes.MEMBERSHIP_ROLE)
    role_text: Text = column("The role in the source's own words", STATED, nullable=True)
    since: Text = dated("When it began")
    since_earliest: Day = bound("since", "earliest")
    since_latest: Day = bound("since", "latest")
    until: Text = dated("When it ended")
    until_earliest: Day = bound("until", "earliest")
    until_latest: Day = bound("until", "latest")
    status: Text = column("Whether it holds, null where not said", STATED, codes=codes.MEMBERSHIP_STATUS, nullable=True)
    as_of: Text = dated("Date of the statement")
    as_of_earliest: Day = bound("as_of", "earliest")
    as_of_latest: Day = bound("as_of", "latest")
