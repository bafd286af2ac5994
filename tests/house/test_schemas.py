from __future__ import annotations

from collections.abc import Callable

import duckdb
import pandas as pd
import pytest

from pipeline.assets.tables import validate
from schemas import ENTITY_TABLES, TABLES, codes
from schemas.derive import arrow_schema, ddl, table_schema, to_arrow
from schemas.shape import shape

CONTRACT = {
    "entities": "entity_id entity_kind name registered documents mentions",
    "documents": "document_id path sha256 text_sha256 media_type language language_confidence title url publisher_id"
    " published licence characters status problem",
    "regions": "region_id name name_en nuts_code nuts_edition nuts_level country_code parent_id latitude longitude",
    "region_codes": "region_id nuts_edition nuts_code name successor_ids",
    "organisations": "organisation_id name acronym kind country_code region_id acts_for_region_id partnership_id url"
    " ror_id wikidata_id",
    "partnerships": "partnership_id name acronym kind platform is_s3 launched ended url",
    "programmes": "programme_id name acronym kind launched ended url",
    "events": "event_id name kind edition starts ends start_time end_time timezone mode place country_code region_id",
    "names": "entity_id entity_kind name language kind",
    "redirects": "old_id new_id reason release",
    "memberships": "membership_id partnership_id participant_id participant_kind role role_text since"
    " until status as_of",
    "attendances": "attendance_id event_id participant_id participant_kind role role_text on_behalf_of_id status",
    "links": "link_id subject_id relation object_id",
    "agenda": "agenda_id subject_id kind position text language",
    "figures": "figure_id subject_id subject_text measure value unit qualifier as_of",
    "mentions": "mention_id document_id entity_id entity_kind start_offset end_offset text zone rule confidence",
    "evidence": "evidence_id table_name row_id column_name value preferred document_id start_offset end_offset quote"
    " zone rule inferred confidence source_url page",
}


def test_tables_and_columns_are_those_of_the_contract_in_order() -> None:
    assert set(TABLES) == set(CONTRACT)
    for name, model in TABLES.items():
        own = [c for c in model.to_schema().columns if not c.endswith(("_earliest", "_latest"))]
        assert own == CONTRACT[name].split(), name
        bounds = [c for c in model.to_schema().columns if c.endswith(("_earliest", "_latest"))]
        assert bounds == [f"{date}_{side}" for date in model.dates() for side in ("earliest", "latest")]


def test_every_column_says_what_it_is_and_where_it_comes_from() -> None:
    for model in TABLES.values():
        for name, column in model.to_schema().columns.items():
            assert column.description
            assert model.metadata(name)["origin"] in codes.ORIGIN
            assert all(model.metadata(name)["codes"].values())


def test_references_point_to_single_keys_of_earlier_tables() -> None:
    seen: set[str] = set()
    for name, model in TABLES.items():
        for column, target in model.references().items():
            assert column in model.to_schema().columns
            assert target in seen | {name}
            assert len(TABLES[target].key()) == 1
        seen.add(name)
    assert set(ENTITY_TABLES) == set(codes.ENTITY_KIND)


def test_duckdb_takes_the_definitions_and_refuses_what_they_forbid(tables: dict[str, pd.DataFrame]) -> None:
    with duckdb.connect() as connection:
        for name, model in TABLES.items():
            for statement in ddl(model):
                connection.execute(statement)
            rows = to_arrow(model, tables[name])
            assert rows.schema.names == list(model.to_schema().columns)
        comments = connection.execute("SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal")
        assert comments.fetchone() == (0,)
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("INSERT INTO links VALUES ('link:1', 'event:a', 'part_of', 'event:b')")
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("INSERT INTO entities VALUES ('event:a', 'emperor', 'A', true, 1, 1)")
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("INSERT INTO entities VALUES ('nobody', 'event', 'A', true, 1, 1)")


def test_arrow_and_dagster_carry_the_descriptions() -> None:
    for model in TABLES.values():
        fields, shown = arrow_schema(model), table_schema(model)
        for field, column in zip(fields, shown.columns, strict=True):
            assert field.metadata[b"description"].decode() == column.description
            assert field.nullable == column.constraints.nullable


def test_shape_adds_what_is_implied_and_sorts() -> None:
    frame = pd.DataFrame(
        [{"figure_id": "figure:b", "as_of": "2018-02"}, {"figure_id": "figure:a", "as_of": "2018-02-30"}]
    )
    shaped = shape(TABLES["figures"], frame)
    assert shaped["figure_id"].tolist() == ["figure:a", "figure:b"]
    assert str(shaped.loc[1, "as_of_latest"]) == "2018-02-28"
    assert pd.isna(shaped.loc[0, "as_of_latest"])
    assert shaped["unit"].isna().all()


Break = Callable[[pd.DataFrame], object]
BROKEN: dict[str, Break] = {
    "a code that is none": lambda f: f.__setitem__("role", "emperor"),
    "a null that is not allowed": lambda f: f.__setitem__("role", None),
    "an identifier of another kind": lambda f: f.__setitem__("partnership_id", "region:NM1"),
    "a key used twice": lambda f: f.__setitem__("membership_id", "membership:same"),
    "a date outside the profile": lambda f: f.__setitem__("since", "spring 2018"),
    "a day that does not exist": lambda f: f.__setitem__("since", "2018-02-30"),
    "a column too many": lambda f: f.__setitem__("person", "x"),
    "a column too few": lambda f: f.pop("role"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_schema_refuses(how: str, tables: dict[str, pd.DataFrame]) -> None:
    BROKEN[how](tables["memberships"])
    valid, broken = validate(tables)
    assert set(broken) == {"memberships"} and "memberships" not in valid
    assert all(p.table == "memberships" and p.problem for p in broken["memberships"])


def test_bounds_that_are_not_the_date_s_are_refused(tables: dict[str, pd.DataFrame]) -> None:
    frame = TABLES["events"].validate(tables["events"])
    frame["starts"] = "2020"
    with pytest.raises(Exception, match="bounds_follow_dates"):
        TABLES["events"].validate(frame, lazy=True)
