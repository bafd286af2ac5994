"""From rows of the reference tables to rows of the register, table by table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.gazetteer import load
from pipeline.gazetteer.bodies import ORGANISATION_TYPES
from pipeline.gazetteer.lookup import find_key, is_name_of, region_of
from pipeline.gazetteer.register_facts import Sink
from pipeline.gazetteer.tables import Row, iso_country, source

_PLATFORMS = {
    "agri-food": "S3 Platform on Agri-Food",
    "energy": "S3 Platform on Energy",
    "industrial modernisation": "S3 Platform on Industrial Modernisation",
}
_EVENT_KINDS = (
    ("launch", r"kick-?off|launch"),
    ("peer_learning", r"peer-learning"),
    ("workshop", r"workshop|\blab\b"),
    ("fair", r"brokerage|matchmaking"),
    ("meeting", r"meeting|steering committee|assembly|plenary|round table"),
    ("conference", r"conference|forum|grow your region|high level event|days"),
)
_PART = r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+with\s+|^(?:hosted by|with)\s+"


def add_partnerships(rows: list[Row], members: list[Row], register: Sink) -> None:
    """Thematic partnerships with platform and start, and the other partnerships that members are listed for."""
    for row in rows:
        aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
        register.add(
            "partnerships",
            row,
            partnership=row["partnership"],
            aliases="; ".join(aliases),
            kind="thematic_partnership",
            platform=_PLATFORMS[row["platform"]],
            launched=row["year_started"] + ("?" if row["year_basis"] == "inferred" else ""),
        )
    kinds = {row["words"]: row for row in source("register_kinds.csv")}
    seen = {_identity(row["partnership"]) for row in register.rows["partnerships"]}
    listed = {row["partnership"] for row in register.rows["memberships"]}
    linked: set[tuple[str, str]] = set()
    for row in members:
        kind, name = kinds.get(row["kind"]), row["partnership"]
        if kind is None or name not in listed:
            continue
        if _identity(name) not in seen:
            seen.add(_identity(name))
            entry = load().entities.get(("partnership", find_key("partnership", name) or ""))
            known = entry.subkind if entry and entry.subkind else kind["kind"]
            register.add("partnerships", row, partnership=name, kind=known)
        if kind["object"] and (name, kind["object"]) not in linked:
            linked.add((name, kind["object"]))
            subject = {"subject": name, "subject_kind": "partnership", "relation": kind["relation"]}
            register.add("links", row, **subject, object=kind["object"], object_kind=kind["object_kind"])


def _identity(partnership: str) -> str:
    return find_key("partnership", partnership) or partnership


def add_memberships(rows: list[Row], register: Sink) -> None:
    """Participants with the role that the source's words mean."""
    table = "partnership_members"
    roles = {row["words"]: row for row in source("register_roles.csv")}
    for row in rows:
        role = roles.get(row["role"])
        if role is None or role["drop"]:
            register.drop(table, role["drop"] if role else f"role not understood: {row['role']}")
            continue
        participant = _participant(row, register)
        if participant:
            register.add(
                "memberships",
                row,
                partnership=row["partnership"],
                **participant,
                **{column: role[column] for column in ("role", "status", "since", "until")},
                role_text=re.split(r"\s*[(,;]", row["role"])[0],
                as_of=_date(row["as_of"]),
            )


def _participant(row: Row, register: Sink) -> dict[str, str] | None:
    """Name, kind, code and country of a participant; None, with the reason counted, for what is none."""
    table, name = "partnership_members", row["participant_normalised"]
    country = iso_country(row["country"])
    found = {"participant": name, "country": country}
    if row["nuts_code"]:
        key = region_of(row["nuts_code"])
        if key is None:
            register.drop(table, f"no edition has the code {row['nuts_code']}")
            return None
        entry = load().entities["region", key]
        if entry.country_code != country:
            register.drop(table, f"{row['nuts_code']} does not lie in {country}")
            return None
        if is_name_of("region", key, name):
            return found | {"participant_kind": "region", "nuts_code": entry.nuts_code or ""}
        return found | {"participant_kind": "organisation"}
    if find_key("town", name, country):
        register.drop(table, "a town: participants are regions and organisations")
        return None
    key = find_key("region", name, country)
    if key:
        code = load().entities["region", key].nuts_code
        return found | {"participant_kind": "region", "nuts_code": code or ""}
    if "region" in name.casefold() and not find_key("organisation", name):
        register.drop(table, f"no such region in the gazetteer: {name}")
        return None
    return found | {"participant_kind": "organisation"}


def add_leads(rows: list[Row], register: Sink) -> None:
    """Lead regions that no membership names yet."""
    known = {(row["partnership"], row["nuts_code"]) for row in register.rows["memberships"] if row["role"] == "lead"}
    for row in rows:
        for lead in filter(None, re.split(r"\s*;\s*", row["lead_regions"])):
            match = re.fullmatch(r"(.+?) \((\w\w)\)", lead)
            for name in re.split(r"\s*/\s*", match[1]) if match else ():
                country = iso_country(match[2]) if match else ""
                key = find_key("region", name, country)
                code = load().entities["region", key].nuts_code or "" if key else ""
                if key is None:
                    register.drop("partnerships", f"lead region not in the gazetteer: {name}")
                elif (row["partnership"], code) not in known:
                    region = {"participant": name, "participant_kind": "region", "nuts_code": code, "country": country}
                    register.add("memberships", row, partnership=row["partnership"], **region, role="lead")


def add_organisations(rows: list[Row], register: Sink) -> None:
    """Organisations with kind, country and address."""
    for row in rows:
        register.add(
            "organisations",
            row,
            organisation=row["name"],
            acronym=row["acronym"],
            kind=ORGANISATION_TYPES[row["type"]],
            country=iso_country(row["country"]),
            url=row["url"],
        )


def add_events(rows: list[Row], register: Sink) -> None:
    """Events, and their organisers where the gazetteer knows them."""
    for row in rows:
        if "cancelled" in row["place"]:
            register.drop("events", "cancelled: it did not take place")
            continue
        starts, ends = _date(row["date_start"]), _date(row["date_end"])
        if "year inferred" in row["note"]:
            starts, ends = f"{starts}?", f"{ends}?" if ends else ""
        elif "end day inferred" in row["note"]:
            ends = f"{ends}?"
        place, mode = _place(row["place"])
        register.add(
            "events",
            row,
            event=row["event"],
            kind=_event_kind(row["event"]),
            edition=row["edition"],
            starts=starts,
            ends=ends,
            mode=mode,
            place=place,
            country=iso_country(row["country"]) if place else "",
        )
        if not starts.startswith("XXXX"):
            _add_organisers(row, starts, register)


def _add_organisers(row: Row, starts: str, register: Sink) -> None:
    role = "host" if row["organiser"].startswith("hosted by") else "organiser"
    for name in _organisers(row["organiser"]):
        kind = next((k for k in ("organisation", "partnership", "region") if find_key(k, name)), None)
        if kind is None:
            register.drop("events (organisers)", f"not in the gazetteer: {name}")
            continue
        values = {"participant": name, "participant_kind": kind, "role": role}
        register.add("attendances", row, event=row["event"], starts=starts, **values)


def _organisers(text: str) -> Iterator[str]:
    if any(find_key(kind, text) for kind in ("organisation", "partnership", "region")):
        yield text
        return
    for part in re.split(_PART, text):
        name = re.sub(r"^the\s+|\s*\(.*?\)|\s+support$", "", part).strip()
        if name:
            yield name


def add_figures(rows: list[Row], register: Sink) -> None:
    """Counts of things that have a subject in the dataset; where a page gives two numbers, each is a row."""
    figures = {row["words"]: row for row in source("register_figures.csv")}
    for row in rows:
        figure = figures.get(row["figure"])
        if figure is None:
            register.drop("figures", f"no subject that the dataset knows: {row['figure']}")
            continue
        values = {k: figure[k] for k in ("subject", "subject_kind", "measure", "unit")}
        for number in row["value"].split(" or "):
            register.add(
                "figures",
                row,
                **values,
                value=number.lstrip(">"),
                qualifier="at_least" if number.startswith(">") else "exact",
                as_of=_date(row["as_of"]),
            )


def _date(text: str) -> str:
    """A date of the tables in EDTF: `c. 2014` is `2014?`, `10-04 (year not stated)` is `XXXX-10-04`, else empty."""
    if match := re.fullmatch(r"(?:undated, )?c\. (\d{4})", text):
        return f"{match[1]}?"
    if match := re.fullmatch(r"(\d\d-\d\d) \(year not \w+\)", text):
        return f"XXXX-{match[1]}"
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$| \()", text)
    return found[0] if found else ""


def _place(text: str) -> tuple[str, str]:
    """Place and mode: `Brussels studio, online` -> `Brussels`, `hybrid`."""
    online = "online" in text
    place = re.sub(r"\s*\(.*?\)|\s+studio|,?\s*online", "", text).strip()
    return place, ("hybrid" if place else "online") if online else ("onsite" if place else "")


def _event_kind(name: str) -> str:
    bare = re.sub(r"\(.*?\)", "", name)
    return next((kind for kind, words in _EVENT_KINDS if re.search(words, bare, re.IGNORECASE)), "")
