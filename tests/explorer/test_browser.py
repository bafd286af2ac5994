"""The page as people meet it: opened from the disk in Chromium, with the network cut."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import duckdb
import pandas as pd
import pytest

from pipeline.explorer.numbers import members, partnerships_by_region
from pipeline.explorer.projection import place
from pipeline.settings import PROJECT
from tests.explorer.browser import Browser

AXE = PROJECT / "pipeline" / "explorer" / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ("", "partnerships", "regions", "organisations", "events", "documents", "map", "network", "data",
         "search?q=lap", "partnership/solar-energy", "region/FI1D7", "organisation/ecrn")  # fmt: skip

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def opened(tab: Browser, address: str) -> Browser:
    tab.size(1360, 900)
    tab.requests.clear()
    tab.problems.clear()
    tab.open(address)
    return tab


@pytest.fixture(scope="module")
def release() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(PROJECT / "data" / "s3_partnerships.duckdb"), read_only=True)


def texts_of(tab: Browser, selector: str) -> list[str]:
    found: list[str] = tab.ask(f"[...document.querySelectorAll({selector!r})].map(e => e.innerText.trim())")
    return found


_ROWS = """[...document.querySelectorAll('main tbody tr')].map(tr => Object.fromEntries([
    ['id', tr.querySelector('a').href.split('#/')[1].replace('/', ':')],
    ...[...tr.cells].map((td, i) => [document.querySelectorAll('main thead th')[i].innerText.replace(/[↑↓]/, '').trim(),
        [td.innerText.trim(), td.querySelectorAll('a').length]])]))"""


def rows_of(tab: Browser, view: str) -> list[dict[str, Any]]:
    """All rows of a view's table, page by page: `id`, and for each column its text and number of links."""
    found: list[dict[str, Any]] = []
    separator = "&" if "?" in view else "?"
    for number in range(1, 100):
        tab.go(f"#/{view}{separator}page={number}")
        found += tab.ask(_ROWS)
        pages = re.findall(r"of (\d+)", " ".join(texts_of(tab, ".pages span")))
        if not pages or number >= int(pages[0]):
            return found
    raise AssertionError("pages without end")


def shown(tab: Browser) -> int:
    """The number of rows that a view says it shows."""
    return int(texts_of(tab, ".found")[0].split()[0].replace(",", ""))


def view_of(identifier: str) -> str:
    kind, _, slug = identifier.partition(":")
    return f"#/{kind}/{quote(slug, safe='')}"


def test_it_opens_from_the_disk_and_asks_for_nothing(opened: Browser) -> None:
    for view in VIEWS:
        opened.go(f"#/{view}")
        assert texts_of(opened, "h1")[0], view
    assert [r for r in opened.requests if not r.startswith(("file:", "data:", "about:"))] == []
    assert opened.problems == []


def test_its_numbers_are_those_of_the_tables(opened: Browser, tables: Tables) -> None:
    opened.go("#/")
    numbers = dict(line.split("\n", 1)[::-1] for line in texts_of(opened, ".numbers a"))
    for word in ("partnerships", "memberships", "regions", "organisations", "events", "quotes behind them"):
        table = "evidence" if word.startswith("quotes") else word
        assert int(numbers[word].replace(",", "")) == len(tables[table]), word
    for view in ("partnerships", "regions", "organisations", "events", "documents"):
        opened.go(f"#/{view}")
        assert shown(opened) == len(tables[view]), view


def test_members_and_leads_are_those_of_the_views(opened: Browser, release: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT p.partnership_id, p.members, (SELECT count(DISTINCT participant_id) FROM members m
        WHERE m.partnership_id = p.partnership_id AND role = 'lead'), count(*)
        FROM flat_partnerships p JOIN evidence e ON e.row_id = p.partnership_id GROUP BY ALL"""
    expected = {name: counts for name, *counts in release.execute(query).fetchall()}
    rows = {unquote(r["id"]): r for r in rows_of(opened, "partnerships")}
    found = {
        i: [int(r["Members"][0]), r["Leads"][1], int(re.sub(r"\D", "", r["Evidence"][0]))] for i, r in rows.items()
    }
    assert found == expected
    query = "SELECT region_id, count(DISTINCT partnership_id) FROM region_profile GROUP BY 1"
    regions = {unquote(r["id"]): int(r["Partnerships"][0]) for r in rows_of(opened, "regions?in=some")}
    assert regions == dict(release.execute(query).fetchall())


def test_filters_and_order(opened: Browser, tables: Tables, release: duckdb.DuckDBPyConnection) -> None:
    rows = tables["partnerships"]
    opened.go("#/partnerships?platform=energy")
    assert shown(opened) == (rows["platform"] == "energy").sum() > 0
    opened.go("#/partnerships?claims=disagree")
    query = "SELECT count(DISTINCT row_id) FROM conflicts WHERE table_name = 'partnerships'"
    assert (shown(opened),) == release.execute(query).fetchone()
    opened.go("#/partnerships")
    opened.ask("document.querySelector('main input[type=search]').focus()")
    for letter in "SÓLAR":
        opened.call("Input.insertText", text=letter)
        opened.settle()
    assert 0 < shown(opened) < 10 and all("solar" in t.lower() for t in texts_of(opened, "main tbody th"))
    assert "q=S" in opened.ask("location.hash")
    opened.ask("[...document.querySelectorAll('main button')].find(b => b.innerText === 'Clear filters').click()")
    opened.settle()
    assert shown(opened) == len(rows)
    opened.ask("document.querySelector('main thead button').click()")
    opened.settle()
    names = texts_of(opened, "main tbody th a")
    assert names == sorted(names, key=str.casefold) or names[0] < names[-1]
    assert opened.ask("document.querySelector('main thead th').getAttribute('aria-sort')") == "ascending"


def at(tab: Browser, longitude: float, latitude: float) -> str:
    """Class of what the map shows at a place."""
    x, y = place(longitude, latitude)
    found: str = tab.ask(
        f"""(() => {{ const svg = document.querySelector('svg.europe'); svg.scrollIntoView({{block: 'center'}});
        const p = new DOMPoint({x}, {y}).matrixTransform(svg.getScreenCTM());
        return document.elementFromPoint(p.x, p.y).getAttribute('class').split(' ')[0]; }})()"""
    )
    return found


def test_the_map_shows_land_sea_and_regions(opened: Browser, tables: Tables) -> None:
    opened.size(1360, 1400)
    opened.go("#/map")
    assert at(opened, 3.0, 57.0) == at(opened, -8.0, 46.0) == "europe"
    assert at(opened, 2.9, 47.6) == at(opened, 18.0, 64.2) == "union" and at(opened, 34.0, 56.0) == "others"
    counts = partnerships_by_region(tables)
    points = tables["regions"].set_index("region_id").loc[counts.index, "latitude"].notna()
    assert opened.ask("document.querySelectorAll('svg.europe .spot').length") == points.sum()
    lapland = tables["regions"].set_index("region_id").loc["region:FI1D7"]
    assert at(opened, float(lapland["longitude"]), float(lapland["latitude"])) == "spot"
    platform = tables["partnerships"].set_index("partnership_id")["platform"]
    leads = members(tables)[lambda m: (m["role"] == "lead") & (m["partnership_id"].map(platform) == "energy")]
    energy = {**tables, "memberships": leads}
    opened.go("#/map?platform=energy&role=lead")
    assert shown(opened) == len(partnerships_by_region(energy)) > 0
    opened.go("#/map?region=region%3AFI1D7")
    assert texts_of(opened, "aside h2") == ["Lapland"]
    assert len(texts_of(opened, "aside .plainlist li")) == counts["region:FI1D7"]
    assert opened.ask("document.querySelectorAll('svg.europe .arc').length") > 5
    opened.size(1360, 900)


def test_the_network_draws_each_membership(opened: Browser, tables: Tables) -> None:
    rows = tables["memberships"]
    opened.go("#/network")
    drawn = "document.querySelectorAll('svg.network .edge').length"
    assert opened.ask(drawn) == len(rows)
    nodes = set(rows["partnership_id"]) | set(rows["participant_id"])
    assert opened.ask("document.querySelectorAll('svg.network .node').length") == len(nodes)
    assert opened.ask("[...document.querySelectorAll('svg.network .node')].every(n => !/NaN/.test(n.outerHTML))")
    energy = set(tables["partnerships"].loc[lambda p: p["platform"] == "energy", "partnership_id"])
    wanted = rows[rows["partnership_id"].isin(energy) & (rows["role"] == "lead")]
    opened.go("#/network?platform=energy&role=lead")
    assert opened.ask(drawn) == len(wanted) > 0
    opened.go("#/network?node=partnership%3Asolar-energy")
    assert len(texts_of(opened, "aside .plainlist li")) == (rows["partnership_id"] == "partnership:solar-energy").sum()


def test_deep_links_and_what_is_not_there(opened: Browser, release: duckdb.DuckDBPyConnection) -> None:
    for kind, table in {"partnership": "partnerships", "region": "regions", "organisation": "organisations",
                        "event": "events", "programme": "programmes"}.items():  # fmt: skip
        query = f"SELECT {kind}_id, name FROM {table} ORDER BY hash({kind}_id) LIMIT 4"
        for identifier, name in release.execute(query).fetchall():
            opened.go(view_of(identifier))
            assert name in " ".join(texts_of(opened, "main header, main .lede")), identifier
    query = "SELECT DISTINCT partnership FROM partnership_members WHERE participant_id = 'region:FI1D7'"
    opened.go("#/region/FI1D7")
    listed = opened.ask("[...document.querySelectorAll('[aria-label^=Partnerships] tbody th')].map(e => e.innerText)")
    assert set(listed) == {name for (name,) in release.execute(query).fetchall()}
    opened.ask("document.querySelector('[aria-label^=Partnerships] tbody th a').click()")
    opened.wait(f"document.querySelector('h1').innerText.startsWith({listed[0]!r})")
    opened.go("#/partnership/no-such-thing")
    assert texts_of(opened, "h1") == ["Not on this page"]


def test_the_evidence_view_shows_every_quote_and_claim(opened: Browser, release: duckdb.DuckDBPyConnection) -> None:
    conflicts = "SELECT DISTINCT row_id FROM conflicts ORDER BY hash(row_id) LIMIT 6"
    others = "SELECT row_id FROM evidence GROUP BY 1 HAVING count(*) < 12 ORDER BY hash(row_id) LIMIT 14"
    rows = [row for query in (conflicts, others) for (row,) in release.execute(query).fetchall()]
    links: list[list[str]] = []
    for row in rows:
        opened.go(f"#/?evidence={quote(row, safe='')}")
        links += opened.ask("[...document.querySelectorAll('dialog a.web')].map(a => [a.protocol, a.rel])")
        query = """SELECT quote, confidence, rule, value, coalesce(source_url, url)
            FROM evidence JOIN documents USING (document_id) WHERE row_id = ?"""
        expected = release.execute(query, [row]).fetchall()
        assert sorted(texts_of(opened, "dialog mark")) == sorted(
            " ".join(q.split("\n")).strip() if False else q.strip() for q, *_ in expected
        ), row
        said = " ".join(texts_of(opened, "dialog"))
        for _, confidence, rule, value, url in expected:
            assert f"confidence {confidence:.2f}" in said and f"“{rule}”" in said
            assert (value or "") in said and (url or "") in said
        query = "SELECT count(DISTINCT column_name) FROM conflicts WHERE row_id = ?"
        assert (len(texts_of(opened, "dialog .group.disputed .note")),) == release.execute(query, [row]).fetchone()
    assert links and all(p in ("http:", "https:") and "noopener" in rel for p, rel in links)
    opened.go("#/")
    assert not opened.ask("document.querySelector('dialog').open")


def test_the_keyboard_reaches_it(opened: Browser) -> None:
    opened.go("#/partnership/solar-energy")
    opened.ask("document.activeElement.blur(); document.querySelector('.skip').focus()")
    opened.press("Enter", 13, "\r")
    opened.settle()
    assert opened.ask("document.activeElement.id") == "main"
    for _ in range(10):
        opened.press("Tab", 9)
        if opened.ask("document.activeElement.matches('a.sources')"):
            break
    opened.press("Enter", 13, "\r")
    opened.wait("document.querySelector('dialog').open")
    assert opened.ask("document.querySelector('dialog').contains(document.activeElement)")
    opened.press("Escape", 27)
    opened.wait("!document.querySelector('dialog').open")
    assert "evidence" not in opened.ask("location.hash")
    assert opened.ask("document.activeElement.matches('a.sources')")


_AXE_RUN = """axe.run(document, {resultTypes: ['violations']}).then(
    found => found.violations.map(v => [v.id, v.impact, v.nodes[0].html]))"""


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core comes with `make explorer`")
def test_axe_finds_nothing(opened: Browser) -> None:
    opened.ask(AXE.read_text(encoding="utf-8") + ";0")
    for view in ("", "partnerships?q=water", "map", "network", "region/FI1D7", "?evidence=partnership:pact-for-skills"):
        opened.go(f"#/{view}")
        assert opened.ask(_AXE_RUN) == [], view
    opened.go("#/")
    opened.ask("document.querySelector('.find label').replaceWith(document.createElement('input'))")
    assert "label" in {rule for rule, *_ in opened.ask(_AXE_RUN)}, "axe would see a fault"


def test_a_phone_shows_it_without_scrolling_sideways(opened: Browser, address: str) -> None:
    opened.size(390, 844, phone=True)
    opened.open(address)
    for view in (*VIEWS, "partnership/pact-for-skills?evidence=partnership:pact-for-skills"):
        opened.go(f"#/{view}")
        assert opened.ask("document.documentElement.scrollWidth <= innerWidth"), view
    opened.size(1360, 900)
    opened.open(address)


def test_its_code_to_paste_runs(opened: Browser, tmp_path: Path) -> None:
    opened.go("#/data")
    read = "[d.querySelector('h3').innerText, d.querySelector('pre').textContent]"
    snippets: dict[str, str] = dict(opened.ask(f"[...document.querySelectorAll('.codes > div')].map(d => {read})"))
    assert set(snippets) == {"DuckDB", "pandas", "R", "Spreadsheet"}
    folder = PROJECT / "data"
    with duckdb.connect(str(folder / "s3_partnerships.duckdb"), read_only=True) as data:
        for statement in snippets["DuckDB"].split(";\n"):
            assert data.execute(statement).fetchall(), statement
    done = subprocess.run(
        [sys.executable, "-c", snippets["pandas"]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and len(done.stdout.splitlines()) > 5, done.stderr
    for name in re.findall(r"(?:csv|parquet)/\w+\.\w+", " ".join(snippets.values())):
        assert (folder / name).is_file(), name


def test_a_table_can_be_taken_along(opened: Browser, tables: Tables) -> None:
    opened.go("#/partnerships?platform=energy")
    opened.ask("window.kept = []; URL.createObjectURL = blob => (window.kept.push(blob), '#'); 0")
    opened.ask("document.querySelector('.take button').click()")
    lines = opened.ask("window.kept[0].text()").split("\r\n")
    assert len(lines) == 1 + (tables["partnerships"]["platform"] == "energy").sum()
    assert lines[0].startswith('"Partnership","Platform"') and "Solar Energy" in "".join(lines)
