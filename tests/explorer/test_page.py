"""The page's file: complete, small, always the same, and nothing in it that a text could turn into code."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64encode
from typing import Any

import pandas as pd
import pytest

from pipeline.assets.pictures import bars, image
from pipeline.checks import Staged
from pipeline.explorer import page as explorer
from pipeline.explorer.numbers import members, partnerships_by_region
from pipeline.explorer.page import BUDGET, embed, page
from pipeline.explorer.passages import contexts, passages
from pipeline.explorer.picture import picture
from pipeline.explorer.projection import europe, place, shown
from pipeline.explorer.selection import LIMITS, select

Tables = dict[str, pd.DataFrame]
MANIFEST: dict[str, Any] = {"version": "1", "date": "2026-01-01", "licence": "CC-BY-4.0", "files": {}}


def data_of(made: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', made, re.DOTALL)
    return dict(json.loads(found))


def rows_of(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    packed = data["tables"][table]
    columns = {
        name: column if isinstance(column, list) else [column["of"][i] for i in column["is"]]
        for name, column in packed["columns"].items()
    }
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def quotes_of(data: dict[str, Any]) -> list[tuple[str, str, int, str]]:
    """Row, document, offset and quote of each evidence row, cut out of its passage as a browser cuts."""
    found = []
    for row in rows_of(data, "evidence"):
        document, _, text = data["passages"][row["passage"]]
        assert document == row["document_id"]
        units = text.encode("utf-16-le")[2 * row["start"] : 2 * row["end"]]
        found.append((row["row_id"], document, row["start_offset"], units.decode("utf-16-le")))
    return sorted(found)


def quotes_in(tables: Tables) -> list[tuple[str, str, int, str]]:
    columns = ["row_id", "document_id", "start_offset", "quote"]
    return sorted(tables["evidence"][columns].itertuples(index=False, name=None))


def test_it_holds_every_row_and_is_small(made: str, tables: Tables) -> None:
    data = data_of(made)
    assert data["share"] == 1 and len(gzip.compress(made.encode())) < BUDGET < 1_000_000
    assert data["totals"] == {name: len(frame) for name, frame in tables.items()}
    for name, packed in data["tables"].items():
        assert packed["rows"] == len(tables[name]), name
    assert quotes_of(data) == quotes_in(tables)


def test_the_same_tables_give_the_same_page(made: str, whole: Staged) -> None:
    twice = [page(whole.tables, MANIFEST, {}, whole.texts()) for _ in range(2)]
    assert twice[0] == twice[1] != made
    assert quotes_of(data_of(twice[0])) == quotes_in(whole.tables)
    assert any(ord(c) > 0xFFFF for _, _, text in data_of(twice[0])["passages"] for c in text)


def test_without_texts_quotes_stand_alone(whole: Staged) -> None:
    data = data_of(page(whole.tables, MANIFEST, {}, {}))
    assert quotes_of(data) == quotes_in(whole.tables)
    assert {text for _, _, text in data["passages"]} == set(whole.tables["evidence"]["quote"])


def test_only_its_own_code_may_run(made: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)
    (style,), (code,) = (
        re.findall(r"<style>(.*?)</style>", made, re.DOTALL),
        re.findall(r"<script>(.*?)</script>", made, re.DOTALL),
    )
    assert policy is not None
    for text in (style, code):
        assert f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy.group(1)
    assert "default-src 'none'" in policy.group(1) and "unsafe" not in policy.group(1)
    assert re.findall(r'\b(?:src|href)="(?!#|csv/|parquet/|README\.md|data:)', made.partition('id="data"')[0]) == []


@pytest.mark.parametrize("text", ["</script><script>x", "<!--<script>", "\u2028\u2029&amp;", "]]>"])
def test_no_text_ends_its_element(text: str) -> None:
    safe = embed({text: [text]})
    assert json.loads(safe) == {text: [text]} and not set("<>&\u2028\u2029") & set(safe)


def test_json_ld_is_embedded_safely(whole: Staged) -> None:
    made = page(whole.tables, MANIFEST, {}, {}, linked_data='{"name": "</script>é"}')
    (linked,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', made)
    assert json.loads(linked) == {"name": "</script>é"}


def test_context_names_nobody(whole: Staged) -> None:
    quote = "Velmora was launched in 2016."
    around = {
        "Yesterday Arvo Brandl and the mayor said so. {} We met Ulla Grim there.": ("and the mayor said so. ", " "),
        "Write to me at someone@example.org, then {} or call": ("", ""),
        "The mayor spoke of it at the end: {} and it was good.": (
            "The mayor spoke of it at the end: ",
            " and it was good.",
        ),
        "a line before\n{}\na line after": ("", ""),
    }
    for text, (before, after) in around.items():
        start = text.index("{}")
        row = {"document_id": "d", "start_offset": start, "end_offset": start + len(quote), "quote": quote}
        evidence = whole.tables["evidence"].head(1).assign(**row)
        around = contexts(
            evidence,
            whole.tables["mentions"].head(0),
            whole.tables["documents"],
            {"d": text.format(quote)},
            frozenset(),
        )
        found, placed = passages(evidence, around)
        ((_, _, passage),) = found
        assert passage == (before + quote + after).strip(), text
        assert passage[placed["start"].iloc[0] : placed["end"].iloc[0]] == quote


def test_seeds_show_context_but_no_person(made: str, tables: Tables) -> None:
    from tests.golden.compare import golden

    shown_texts = data_of(made)["passages"]
    quotes = set(tables["evidence"]["quote"])
    assert sum(text not in quotes for document, _, text in shown_texts if not document.startswith("register")) > 30
    folded = made.casefold()
    assert [word for person in golden()["persons"] for word in person.casefold().split()[-1:] if word in folded] == []


def many(tables: Tables, times: int) -> Tables:
    """The same release over and over under other identifiers."""

    def repeated(frame: pd.DataFrame) -> pd.DataFrame:
        large = frame.loc[frame.index.repeat(times)].reset_index(drop=True)
        mark = pd.Series([f"-{i % times}" for i in range(len(large))], dtype=large.dtypes.iloc[0])
        ids = [c for c in frame.columns if c.endswith("_id") and c not in ("document_id", "publisher_id")]
        return large.assign(**{c: large[c] + mark for c in ids})

    alike = {"documents", "region_codes", "redirects"}
    return {name: frame if name in alike else repeated(frame) for name, frame in tables.items()}


def test_a_large_release_is_cut_to_what_a_page_can_hold(whole: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    times = 60
    large = many(whole.tables, times)
    kept = select(large, share=0.02)
    for name, limit in LIMITS.items():
        assert len(kept[name]) <= max(1, limit * 0.02), name
    named = set(kept["entities"]["entity_id"])
    assert set(kept["memberships"]["participant_id"]) | set(kept["partnerships"]["partnership_id"]) <= named
    assert set(kept["memberships"]["partnership_id"]) <= set(kept["partnerships"]["partnership_id"])
    held = pd.concat([frame.iloc[:, 0] for name, frame in kept.items() if name in set(large["evidence"]["table_name"])])
    rows = kept["evidence"]["row_id"].value_counts()
    assert rows.max() == 1 or set(held) & set(large["evidence"]["row_id"]) == set(rows.index), "first quotes come first"
    least, most = (len(gzip.compress(page(t, MANIFEST, {}, whole.texts()).encode())) for t in (whole.tables, large))
    budget = (least + most) // 2
    monkeypatch.setattr(explorer, "BUDGET", budget)
    made = page(large, MANIFEST, {}, whole.texts())
    data = data_of(made)
    assert len(gzip.compress(made.encode(), 6)) <= budget and data["share"] < 1
    assert data["totals"]["partnerships"] == times > data["tables"]["partnerships"]["rows"] > 0


def test_places_are_where_the_outlines_were_drawn() -> None:
    assert len(europe()["places"]) >= 5
    for longitude, latitude, x, y in europe()["places"]:
        assert place(longitude, latitude) == pytest.approx((x, y), abs=0.02)
    assert shown(*place(25.7, 66.5)) and not shown(*place(-61.5, 16.2)) and not shown(*place(55.5, -21.1))


def test_who_counts_as_member(staged: Staged) -> None:
    tables = staged.tables
    assert len(members(tables)) == 3
    assert partnerships_by_region(tables).to_dict() == {"region:NM1": 1, "region:NM2": 1}
    tables["organisations"].loc[0, "acts_for_region_id"] = "region:NM"
    tables["memberships"]["status"] = ["former", None, None]
    left = tables["memberships"]["participant_id"].iloc[1:]
    expected = {"region:NM" if i.startswith("organisation") else i: 1 for i in left}
    assert partnerships_by_region(tables).to_dict() == expected


def test_pictures_are_safe_and_the_same(tables: Tables, staged: Staged) -> None:
    assert picture(tables) == picture(tables)
    assert picture(tables).count("<circle") > 50 and len(picture(tables, detailed=False)) < len(picture(tables)) * 0.7
    hostile = '<script>alert(1)</script>"\x00'
    staged.tables["regions"] = staged.tables["regions"].assign(name=hostile, latitude=50.0, longitude=10.0)
    for drawn in (picture(staged.tables), bars(pd.Series({hostile: 3, "b": 1}))):
        assert "<script" not in drawn and "\x00" not in drawn and "&lt;script&gt;" in drawn
    shown_as = image("<svg/>", "](javascript:x)<b>").md_str
    assert re.fullmatch(r"!\[javascript:xb\]\(data:image/svg\+xml;base64,[\w+/=]+\)", shown_as)
    assert "2 others" in bars(pd.Series(range(1, 15)), most=12)
