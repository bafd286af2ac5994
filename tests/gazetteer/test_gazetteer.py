"""The compiled gazetteer: what it must know, that it hangs together, and that it can be rebuilt."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.gazetteer import Gazetteer, Name, load, region_codes
from pipeline.gazetteer.build import build
from pipeline.gazetteer.entry import KINDS
from pipeline.gazetteer.tables import DATA, fold, read_table, write_table

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"


def words(text: str) -> set[str]:
    return set(text.split())


EU = words("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
LANGUAGES = words("bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv")
ORGANISATION_KINDS = words(
    "public_authority eu_institution international_organisation university research_organisation cluster company "
    "association network other"
)
PARTNERSHIP_KINDS = words(
    "thematic_platform thematic_partnership network community pilot pact working_group consortium project"
)
PLATFORMS = {"agri_food", "energy", "industrial_modernisation", "blue_economy"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


@pytest.fixture(scope="module")
def by_name(gazetteer: Gazetteer) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    for name in gazetteer.names:
        found[fold(name.name)].append(name)
    return found


def keys(by_name: dict[str, list[Name]], name: str, kind: str = "region") -> list[str]:
    """Keys of the things of a kind that bear a name, best rank first."""
    hits = [hit for hit in by_name[fold(name)] if hit.kind == kind]
    return list(dict.fromkeys(hit.key for hit in sorted(hits, key=lambda hit: hit.rank)))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Skåne", "SE224"),
        ("Skåne län", "SE224"),
        ("Värmland", "SE311"),
        ("Norra Mellansverige", "SE31"),
        ("North Middle Sweden", "SE31"),
        ("Hauts-de-France", "FRE"),
        ("Hauts de France", "FRE"),
        ("О дьо Франс", "FRE"),
        ("Nord-Pas-de-Calais-Picardie", "FRE"),
        ("Nord-Pas-de-Calais", "FRE1"),
        ("Brandenburg", "DE4"),
        ("Berlin", "DE3"),
        ("Thüringen", "DEG"),
        ("Thueringen", "DEG"),
        ("Kantabrien", "ES13"),
        ("Cantabria", "ES13"),
        ("Lombardie", "ITC4"),
        ("Lappi", "FI1D7"),
        ("South Holland", "NL36"),
        ("Sachsen", "DED"),
        ("Валенсия", "ES52"),
        ("Śląskie", "PL22"),
        ("Slaskie", "PL22"),
        ("Estonia", "EE"),
        ("Eesti", "EE"),
        ("Lussemburgu", "LU"),
        ("Ghearmáin", "DE"),
        ("ΚΡΗΤΗ", "EL43"),
        ("Greece", "EL"),
        ("United Kingdom", "UK"),
        ("Scotland", "UKM"),
        ("Randstad", "group:randstad"),
        ("Baltic Sea Region", "group:baltic-sea-region"),
    ],
)
def test_regions_are_known_by_name(by_name: dict[str, list[Name]], name: str, key: str) -> None:
    assert keys(by_name, name)[:1] == [key]


def test_hauts_de_france_is_known_in_all_languages(gazetteer: Gazetteer) -> None:
    languages = {
        language
        for name in gazetteer.names
        if (name.kind, name.key) == ("region", "FRE")
        for language in name.languages.split()
    }
    assert languages >= LANGUAGES


def test_the_limburg_of_the_partnerships_is_tried_first_and_luxembourg_is_the_country(
    by_name: dict[str, list[Name]],
) -> None:
    limburgs = [hit for hit in by_name["limburg"] if hit.kind == "region"]
    assert keys(by_name, "Limburg") == ["NL42", "BE22"]
    assert {hit.ambiguous for hit in limburgs} == {"several"}
    assert keys(by_name, "Luxembourg") == ["LU", "BE34"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("DE300", "DE3"),
        ("DE30", "DE3"),
        ("FRE1", "FRE1"),
        ("ITC4", "ITC4"),
        ("ES130", "ES13"),
        ("EE00", "EE"),
        ("LU000", "LU"),
        ("NL33", "NL36"),
        ("NL310", "NL35"),
        ("FI193", "FI198"),
        ("NO032", "NO085"),
        ("PT16", "PT19"),
        ("PT17", "PT17"),
        ("HR04", "HR04"),
        ("UKN0", "UKN"),
    ],
)
def test_codes_of_one_territory_share_a_key(code: str, key: str) -> None:
    assert {row["key"] for row in region_codes() if row["nuts_code"] == code} == {key}


def test_every_code_stands_under_an_existing_key(gazetteer: Gazetteer) -> None:
    rows = region_codes()
    assert all(("region", row["key"]) in gazetteer.entities for row in rows)
    codes = {row["nuts_code"] for row in rows}
    assert {code for row in rows for code in row["successor_codes"].split()} <= codes
    assert len({(row["nuts_code"], row["nuts_edition"]) for row in rows}) == len(rows)
    counts = defaultdict(int)
    for row in rows:
        if row["nuts_edition"] == "2021" and row["nuts_code"][:2] in EU:
            counts[len(row["nuts_code"])] += 1
    assert [counts[length] for length in (3, 4, 5)] == [92, 242, 1166]


def test_countries_carry_iso_codes(gazetteer: Gazetteer) -> None:
    countries = {key: e.country_code for (kind, key), e in gazetteer.entities.items() if e.subkind == "country"}
    assert countries["EL"] == "GR"
    assert countries["UK"] == "GB"
    assert set(countries) >= EU
    assert not {"EL", "UK", "EU"} & {e.country_code for e in gazetteer.entities.values()}


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("toscanan", "toscana"),
        ("gearmáine", "ghearmáin"),
    ],
)
def test_inflected_words_lead_to_words_of_names(gazetteer: Gazetteer, form: str, word: str) -> None:
    assert word in gazetteer.forms[form]


def test_forms_are_folded_and_stand_for_other_words_of_names(gazetteer: Gazetteer) -> None:
    for form, standing_for in gazetteer.forms.items():
        assert form == fold(form)
        assert form not in standing_for
        assert standing_for


def test_nothing_is_empty_and_everything_resolves(gazetteer: Gazetteer) -> None:
    for (kind, key), entry in gazetteer.entities.items():
        assert (kind, key) == (entry.kind, entry.key)
        assert kind in KINDS
        assert key
        assert entry.name
        assert entry.parent_key is None or ("region", entry.parent_key) in gazetteer.entities
        assert entry.parent_key != key or kind != "region"
        assert all(("region", member) in gazetteer.entities for member in entry.members)
    for name in gazetteer.names:
        assert (name.kind, name.key) in gazetteer.entities
        assert name.name.strip() == name.name
        assert len(name.name) > 1
        assert name.ambiguous in ("", "common", "several", "town")


def test_no_region_is_its_own_ancestor(gazetteer: Gazetteer) -> None:
    for kind, key in gazetteer.entities:
        steps, at = 0, key
        while kind == "region" and (parent := gazetteer.entities["region", at].parent_key):
            steps, at = steps + 1, parent
            assert steps < 5, key


def test_coordinates_are_in_range(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entities.values():
        assert (entry.latitude is None) == (entry.longitude is None)
        if entry.latitude is not None and entry.longitude is not None:
            assert -90 <= entry.latitude <= 90
            assert -180 <= entry.longitude <= 180
    assert all(e.latitude is not None for (kind, _), e in gazetteer.entities.items() if kind == "town")


def test_vocabularies(gazetteer: Gazetteer) -> None:
    entries = gazetteer.entities.values()
    assert {e.subkind for e in entries if e.kind == "organisation"} <= ORGANISATION_KINDS | {None}
    assert {e.subkind for e in entries if e.kind == "partnership"} == PARTNERSHIP_KINDS
    assert {e.subkind for e in entries if e.kind == "programme"} == {"funding", "policy"}
    assert {e.platform for e in entries} - {None} == PLATFORMS
    dates = {date for e in entries for date in (e.started, e.ended) if date}
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}\??", date) for date in dates)


def test_networks_are_bodies_and_collaborations(gazetteer: Gazetteer, by_name: dict[str, list[Name]]) -> None:
    for key in ("ecrn", "vanguard-initiative", "errin"):
        assert gazetteer.entities["organisation", key].subkind == "network"
        assert gazetteer.entities["partnership", key].subkind == "network"
    assert keys(by_name, "Vanguardinitiativet", "partnership") == ["vanguard-initiative"]
    assert keys(by_name, "Vanguardinitiativet", "organisation") == ["vanguard-initiative"]


def test_partnerships_and_bodies_are_known(gazetteer: Gazetteer, by_name: dict[str, list[Name]]) -> None:
    assert keys(by_name, "High-Tech Farming", "partnership") == ["high-tech-farming"]
    assert keys(by_name, "S3 CoP", "partnership") == ["s3-community-of-practice"]
    assert keys(by_name, "DG REGIO", "organisation") == ["dg-regio"]
    assert keys(by_name, "Lapin liitto", "organisation") == ["regional-council-of-lapland"]
    assert {hit.name_kind for hit in by_name["sport"] if hit.kind == "partnership"} == {"theme"}
    assert gazetteer.entities["organisation", "regional-council-of-lapland"].parent_key == "FI1D7"


def test_common_words_are_flagged(by_name: dict[str, list[Name]]) -> None:
    for word in ("Auch", "Police", "Lot", "Centro", "Или"):
        assert {hit.ambiguous for hit in by_name[fold(word)]} == {"common"}, word


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not here")
def test_rebuild_is_identical(tmp_path: Path) -> None:
    build(REFERENCE, tmp_path)
    for name in ("entities", "names", "region_codes", "forms"):
        # Content, because compressors of other machines may pack it otherwise.
        rebuilt, committed = ((folder / f"{name}.csv.gz").read_bytes() for folder in (tmp_path, DATA))
        assert gzip.decompress(rebuilt) == gzip.decompress(committed)


def test_tables_depend_on_their_rows_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_table(tmp_path / name, ("a", "b"), [("ä, “x”\n", None), (1, 2.5)])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read_table(tmp_path / "one") == (["a", "b"], [["ä, “x”\n", ""], ["1", "2.5"]])
