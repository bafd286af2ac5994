"""`index.html`: one file with its data, style and code inside, which asks for nothing outside itself."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.explorer.data import accuracy, page_data, quote_contexts
from pipeline.explorer.selection import select

NAME = "index.html"
BUDGET = 950_000
"""Bytes that the page may have when compressed with gzip."""
_LEAST = 0.001
_FOLDER = Path(__file__).parent
_ATTRIBUTION = _FOLDER.parent / "gazetteer" / "ATTRIBUTION.md"
TITLE = "S3 partnerships"
DESCRIPTION = (
    "Europe's smart specialisation (S3) partnerships as open data: who leads and joins which, where and since when, "
    "with the quote behind every fact."
)


def write(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    release: Mapping[str, Any],
    texts: Mapping[str, str],
    suppressed: frozenset[str] = frozenset(),
) -> None:
    """Write the page of the release that lies in `folder`; `release` is its manifest without the page itself.

    It quotes `quality.json` and embeds `croissant.json` where there is one. The other arguments are those of `page`.
    """
    quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
    linked = folder / "croissant.json"
    linked_data = linked.read_text(encoding="utf-8") if linked.is_file() else None
    made = page(tables, release, quality, texts, suppressed, linked_data)
    (folder / NAME).write_text(made, encoding="utf-8", newline="\n")


def page(
    tables: Mapping[str, pd.DataFrame],
    release: Mapping[str, Any],
    quality: Mapping[str, Any],
    texts: Mapping[str, str],
    suppressed: frozenset[str] = frozenset(),
    linked_data: str | None = None,
) -> str:
    """The page of a release as HTML.

    `release` is its manifest so far: version, date, licence, and `files` with rows, bytes and SHA-256. `texts` are the
    documents' texts by id, for a little context around the quotes; what is `suppressed` is left out of it.
    `linked_data` is JSON-LD to embed. Where all tables are too large for `BUDGET` the page holds a part and says so.
    """
    share, most = 1.0, select(tables)
    around = quote_contexts(tables, most, texts, suppressed)
    while True:
        # What is too much is chosen among what was chosen before: large tables and texts are read once.
        data = page_data(tables, select(most, share), around)
        data |= {"release": {**release, "attribution": _attribution()}, "accuracy": accuracy(quality), "share": share}
        made = _html(data, linked_data)
        size = len(gzip.compress(made.encode(), 6))
        if size <= BUDGET or share < _LEAST:
            return made
        share *= min(0.9 * BUDGET / size, 0.8)


def embed(value: Any) -> str:
    """JSON that may stand inside a script element: no character in it can end the element or begin a comment."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _attribution() -> list[str]:
    """The lines that whatever carries data of the gazetteer has to repeat."""
    lines = _ATTRIBUTION.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("* ") for line in lines if line.startswith("* Contains")]


def _html(data: dict[str, Any], linked_data: str | None) -> str:
    style, code = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("explorer.css", "explorer.js"))
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_digest(code)}",
            f"style-src {_digest(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    version = html.escape(str(data["release"].get("version", "")))
    linked = f'<script type="application/ld+json">{embed(linked_data)}</script>\n' if linked_data else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="{html.escape(DESCRIPTION)}">
<title>{TITLE} {version}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
{linked}</head>
<body>
<div id="app"><noscript><h1>{TITLE}</h1><p>{html.escape(DESCRIPTION)}</p>
<p>This page needs JavaScript; the tables are in <a href="csv/">csv/</a> and <a href="parquet/">parquet/</a>, and
<a href="README.md">README.md</a> explains them.</p></noscript></div>
<script type="application/json" id="data">{embed(data)}</script>
<script>{code}</script>
</body>
</html>
"""


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
