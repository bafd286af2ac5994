"""What confidence is told of a claim."""

from __future__ import annotations

from pipeline.extract import extract
from pipeline.extract.cast import Cast
from pipeline.extract.confidence import calibrated, observed
from pipeline.model import Claim, Document

TEXT = (
    "The European Chemical Regions Network met in Graz.\n\n"
    "We lead the Velmora partnership. The European Chemical Regions Network leads the Kestra partnership."
)


def kinds_of_actors(publisher: str | None) -> dict[str, set[str]]:
    """Partnership -> what is observed of the kind of who leads it."""
    found: dict[str, set[str]] = {}

    def judge(claims: list[Claim], cast: Cast) -> list[Claim]:
        for claim, signs in zip(claims, observed(claims, cast), strict=True):
            if claim.table == "memberships" and claim.values["role"] == "lead":
                name = cast.entities[claim.values["partnership_id"]].name
                found[name] = {sign for sign in signs if sign.startswith("actor organisation")}
        return calibrated(claims, cast)

    extract(Document("d", "d.txt", "0" * 64, "text/plain", TEXT, publisher=publisher), judge=judge)
    return found


def test_who_speaks_is_not_judged_by_what_its_kind_does_in_the_third_person() -> None:
    found = kinds_of_actors("European Chemical Regions Network")
    assert {name.removeprefix("The ") for name in found} >= {"Velmora partnership", "Kestra partnership"}, found
    assert {name: bool(signs) for name, signs in found.items()} == {name: "Kestra" in name for name in found}


def test_we_is_nobody_where_no_publisher_is_known() -> None:
    assert not any("Velmora" in name for name in kinds_of_actors(None))
