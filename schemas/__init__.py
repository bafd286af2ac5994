"""The published tables. `TABLES` maps name to model, each table after those it refers to."""

from __future__ import annotations

from schemas.agenda import Agenda
from schemas.attendances import Attendances
from schemas.base import Table
from schemas.documents import Documents
from schemas.entities import Entities
from schemas.events import Events
from schemas.evidence import Evidence
from schemas.figures import Figures
from schemas.links import Links
from schemas.memberships import Memberships
from schemas.mentions import Mentions
from schemas.names import Names
from schemas.organisations import Organisations
from schemas.partnerships import Partnerships
from schemas.programmes import Programmes
from schemas.redirects import Redirects
from schemas.region_codes import RegionCodes
from schemas.regions import Regions

TABLES: dict[str, type[Table]] = {
    model.table(): model
    for model in (
        Entities,
        Regions,
        RegionCodes,
        Partnerships,
        Organisations,
        Programmes,
        Events,
        Documents,
        Names,
        Redirects,
        Memberships,
        Attendances,
        Links,
        Agenda,
        Figures,
        Mentions,
        Evidence,
    )
}
ENTITY_TABLES = {
    "region": "regions",
    "organisation": "organisations",
    "partnership": "partnerships",
    "programme": "programmes",
    "event": "events",
}

__all__ = ["ENTITY_TABLES", "TABLES", "Table"]
