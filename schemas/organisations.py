"""The table organisations."""

from __future__ import annotations

from schemas import codes
from schemas.base import REFERENCE, STATED, Table, Text, column, identifier


class Organisations(
    Table,
    key=("organisation_id",),
    references={
        "organisation_id": "entities",
        "region_id": "regions",
        "acts_for_region_id": "regions",
        "partnership_id": "partnerships",
    },
    evidenced=True,
):
    """Bodies that can act: authorities, universities, clusters, companies, institutions."""

    organisation_id: Text = identifier("organisation", "Identifier of the organisation")
    name: Text = column("Preferred name", STATED)
    acronym: Text = column("Short form made of letters", STATED, nullable=True)
    kind: Text = column("Kind of body, null where nothing tells", STATED, codes=codes.ORGANISATION_KIND, nullable=True)
    country_code: Text = column("Country (ISO 3166-1 alpha-2)", STATED, pattern=r"^[A-Z]{2}$", nullable=True)
    region_id: Text = identifier("region", "Region of its seat", REFERENCE, nullable=True)
    acts_for_region_id: Text = identifier("region", "Territory it governs or represents", REFERENCE, nullable=True)
    partnership_id: Text = identifier("partnership", "The partnership that this body also is", REFERENCE, nullable=True)
    url: Text = column("Its own address", REFERENCE, nullable=True)
    ror_id: Text = column("Identifier in the Research Organization Registry", REFERENCE, nullable=True)
    wikidata_id: Text = column("Identifier in Wikidata", REFERENCE, pattern=r"^Q[0-9]+$", nullable=True)
