"""The table figures."""

from __future__ import annotations

from schemas import codes
from schemas.base import STATED, Day, Number, Table, Text, bound, column, dated, identifier
from schemas.entities import ANY


class Figures(Table, key=("figure_id",), references={"subject_id": "entities"}, evidenced=True):
    """Counts and amounts that a source states."""

    figure_id: Text = identifier("figure", "Identifier of the fact")
    subject_id: Text = identifier(ANY, "What is counted for; null for an unnamed collective", STATED, nullable=True)
    subject_text: Text = column("The collective in the source's own words", STATED, nullable=True)
    measure: Text = column("What is counted, for example `member_regions`", STATED, pattern=r"^[a-z][a-z0-9_]*$")
    value: Number = column("The number", STATED)
    unit: Text = column("Unit of the number, null for a count", STATED, nullable=True)
    qualifier: Text = column("How exact the number is", STATED, codes=codes.QUALIFIER)
    as_of: Text = dated("Date of the statement")
    as_of_earliest: Day = bound("as_of", "earliest")
    as_of_latest: Day = bound("as_of", "latest")
