"""Organisations, programmes and partnerships with their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.gazetteer.entry import Entry
from pipeline.gazetteer.namelist import NameList
from pipeline.gazetteer.tables import Reference, Row, iso_country, slug, source
from pipeline.gazetteer.territories import Territories, latest

BODY_KINDS = {
    "eu_institution": "eu_institution",
    "eu_agency": "eu_institution",
    "directorate_general": "eu_institution",
    "international_organisation": "international_organisation",
    "network": "network",
    "association": "association",
    "national_authority": "public_authority",
}
ORGANISATION_TYPES = {
    "European Commission department": "eu_institution",
    "EU agency": "eu_institution",
    "EU agency (former)": "eu_institution",
    "international organisation": "international_organisation",
    "consultancy": "company",
    "communication agency": "company",
    "cooperative": "company",
    "research and policy centre": "research_organisation",
    "research organisation": "research_organisation",
    "research centre": "research_organisation",
    "technology centre": "research_organisation",
    "university": "university",
    "network": "network",
    "network of regions": "network",
    "network of regions (ASBL)": "network",
    "network of regions (tourism)": "network",
    "alliance": "network",
    "association": "association",
    "technology platform": "association",
    "cluster": "cluster",
    "regional authority": "public_authority",
    "development agency": "public_authority",
    "regional agency": "public_authority",
    "innovation agency": "public_authority",
    "public centre": "public_authority",
    "consortium": "other",
    "technology park": "other",
    "": "",
}
NAME_RANKS = {"full": 0, "short": 1, "acronym": 1, "inflected": 1, "former": 2, "theme": 5}


def organisation_entries(reference: Reference, places: Territories, names: NameList) -> list[Entry]:
    """Bodies, and the organisations that are none of them."""
    entries = {row["key"]: _body(row) for row in reference.rows("bodies.csv")}
    known = {entry.name_en: key for key, entry in entries.items()}
    for row in reference.rows("body_names.csv"):
        known.setdefault(row["name"], row["key"])
        _add(names, "organisation", row)
    by_acronym = {e.acronym: key for key, e in entries.items() if e.acronym and len(e.acronym) > 2}
    for row in reference.rows("organisations.csv"):
        key = known.get(row["name"]) or by_acronym.get(row["acronym"] or "-") or slug(row["name"])
        entry = entries.setdefault(key, _organisation(row, key))
        _complete(entry, row, places)
        names.add(row["name"], "organisation", key, "", "full")
    _add_main_names(names, entries.values())
    return list(entries.values())


def _body(row: Row) -> Entry:
    return Entry(
        kind="organisation",
        key=row["key"],
        name=row["name_en"],
        name_en=row["name_en"],
        acronym=row["acronym"] or None,
        subkind=BODY_KINDS[row["kind"]],
        country_code=iso_country(row["country_code"]) or None,
        url=row["url"] or None,
        ror_id=row["ror_id"] or None,
        wikidata_id=row["wikidata_id"] or None,
    )


def _organisation(row: Row, key: str) -> Entry:
    return Entry(
        kind="organisation",
        key=key,
        name=row["name"],
        acronym=row["acronym"] or None,
        subkind=ORGANISATION_TYPES[row["type"]] or None,
    )


def _complete(entry: Entry, row: Row, places: Territories) -> None:
    """Fill what is still unknown of an organisation from a row of organisations.csv."""
    entry.acronym = entry.acronym or row["acronym"] or None
    entry.url = entry.url or row["url"] or None
    entry.country_code = entry.country_code or iso_country(row["country"]) or None
    if row["nuts_code"]:
        entry.parent_key = entry.nuts_code = places.key[row["nuts_code"]]
        entry.nuts_edition = latest(places.rows[entry.parent_key])
        entry.nuts_level = places.level(entry.parent_key)


def programme_entries(reference: Reference, names: NameList) -> list[Entry]:
    """Programmes, funds and policy frames."""
    for row in reference.rows("programme_names.csv"):
        _add(names, "programme", row)
    entries = [
        Entry(
            kind="programme",
            key=row["key"],
            name=row["name_en"],
            name_en=row["name_en"],
            acronym=row["acronym"] or None,
            subkind=row["kind"],
            started=row["start_year"] or None,
            ended=row["end_year"] or None,
        )
        for row in reference.rows("programmes.csv")
    ]
    _add_main_names(names, entries)
    return entries


def partnership_entries(reference: Reference, names: NameList) -> list[Entry]:
    """Thematic partnerships; their platforms, groups and pilots are in `additions.csv`."""
    for row in reference.rows("partnership_names.csv"):
        _add(names, "partnership", row)
    entries = []
    for row in reference.rows("partnerships.csv"):
        key = slug(row["partnership"])
        aliases = [alias.strip() for alias in row["aliases"].split(";")]
        acronyms = [alias for alias in aliases if _is_acronym(alias)]
        for alias in filter(None, aliases):
            kind = _alias_kind(alias)
            names.add(alias, "partnership", key, "" if kind == "acronym" else "en", kind, NAME_RANKS[kind])
        year = row["year_started"] + ("?" if row["year_basis"] == "inferred" else "")
        entries.append(
            Entry(
                kind="partnership",
                key=key,
                name=row["partnership"],
                name_en=row["partnership"],
                acronym=acronyms[0] if acronyms else None,
                subkind="thematic_partnership",
                platform=row["platform"].replace(" ", "_").replace("-", "_"),
                started=year if row["year_started"] else None,
            )
        )
    return entries


def _is_acronym(alias: str) -> bool:
    """One word with at least two capitals: `WST`, `CCRE-S3`, `EuGeoReg`."""
    return " " not in alias and len(re.findall(r"[A-Z]", alias)) > 1 and len(alias) < 10


def _alias_kind(alias: str) -> str:
    if _is_acronym(alias):
        return "acronym"
    marked = re.search(r"\b(S3P?|Vanguard|[Pp]artnership|[Pp]ilot|Platform)\b", alias)
    return "full" if marked else "theme"


def added_entries(names: NameList) -> list[Entry]:
    """What `additions.csv` and `added_names.csv` add, as reviewed by hand."""
    for row in source("added_names.csv"):
        names.add(row["name"], row["kind"], row["key"], row["language"], row["name_kind"], NAME_RANKS[row["name_kind"]])
    entries = [
        Entry(**{column: value or None for column, value in row.items() if column != "basis"})  # type: ignore[arg-type]
        for row in source("additions.csv")
    ]
    _add_main_names(names, entries)
    return entries


def twins(entries: list[Entry], partnerships: Iterable[str]) -> list[Entry]:
    """Networks that are bodies and collaborations at once: a partnership beside each named organisation."""
    known = {entry.key: entry for entry in entries if entry.kind == "organisation"}
    return [
        Entry("partnership", key, e.name, e.name_en, e.acronym, "network", url=e.url, wikidata_id=e.wikidata_id)
        for key in partnerships
        for e in [known[key]]
    ]


def _add(names: NameList, kind: str, row: Row) -> None:
    language = "" if row["kind"] == "acronym" and row["language"] == "en" else row["language"]
    names.add(row["name"], kind, row["key"], language, row["kind"], NAME_RANKS[row["kind"]])


def _add_main_names(names: NameList, entries: Iterable[Entry]) -> None:
    """Main names and acronyms hold in every language: texts quote them as they are."""
    for entry in entries:
        names.add(entry.name, entry.kind, entry.key, "", "full")
        if entry.acronym:
            names.add(entry.acronym, entry.kind, entry.key, "", "acronym", NAME_RANKS["acronym"])
