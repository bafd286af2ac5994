"""Pictures for Dagster's page: numbers as bars, and whatever is drawn as an image that cannot run anything."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path

import dagster as dg
import pandas as pd

from pipeline.explorer.data import accuracy
from pipeline.explorer.picture import picture
from pipeline.tables import Tables
from schemas import codes

_BAR, _ROW, _LEFT = 340, 24, 200
_LONGEST = 26


def pictures(tables: Mapping[str, pd.DataFrame]) -> dict[str, dg.MarkdownMetadataValue]:
    """The map, quotes by language of their document, partnerships by platform."""
    counted = Tables.over(tables).rows(
        """
        SELECT coalesce(d."language", 'unknown'), count(*) FROM evidence e LEFT JOIN documents d USING (document_id)
        GROUP BY ALL ORDER BY count(*) DESC, min(e.evidence_id)
        """
    )
    quotes = pd.Series(dict(counted), dtype=int)
    platforms = tables["partnerships"]["platform"].map(codes.PLATFORM).fillna("no platform").value_counts()
    return {
        "map": image(picture(tables, detailed=False), "Regions by number of partnerships"),
        "quotes by language": image(bars(quotes), "Quotes by language of their document"),
        "partnerships by platform": image(bars(platforms), "Partnerships by platform"),
    }


def accuracy_numbers(data: Path) -> dict[str, float]:
    """Precision, recall and F1 as `quality.json` in `data` has them: numbers, so that Dagster plots them over runs."""
    measured = accuracy(json.loads((data / "quality.json").read_text(encoding="utf-8")))
    return {
        f"{measure} of {kind}": float(facts[measure])
        for kind, facts in (measured["kinds"] if measured else {}).items()
        if kind.startswith("all ")
        for measure in ("precision", "recall", "f1")
        if facts[measure] is not None
    }


def image(svg: str, said: str) -> dg.MarkdownMetadataValue:
    """An SVG picture as Markdown: encoded, so that no text in it is read as markup; `said` is its description."""
    words = "".join(c for c in said if c.isalnum() or c in " ,.:-")
    return dg.MetadataValue.md(f"![{words}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})")


def bars(counts: pd.Series, most: int = 12) -> str:
    """Counts by label as horizontal bars, largest first; what comes after the first `most` is one bar."""
    counts = counts.sort_values(ascending=False, kind="stable")
    shown = [(str(label), int(count)) for label, count in counts.head(most).items()]
    if len(counts) > most:
        shown.append((f"{len(counts) - most} others", int(counts.iloc[most:].sum())))
    largest = max((count for _, count in shown), default=1) or 1
    rows = "".join(
        f'<text x="{_LEFT - 8}" y="{i * _ROW + 16}" text-anchor="end">{_cut(label)}</text>'
        f'<rect x="{_LEFT}" y="{i * _ROW + 4}" width="{_BAR * count / largest:.1f}" height="{_ROW - 8}" rx="2"/>'
        f'<text x="{_LEFT + _BAR * count / largest + 6:.1f}" y="{i * _ROW + 16}">{count:,}</text>'
        for i, (label, count) in enumerate(shown)
    )
    width, height = _LEFT + _BAR + 80, max(len(shown), 1) * _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        "<style>text { font: 13px sans-serif; fill: #16213a } rect { fill: #1b4b8f } .paper { fill: #fff }</style>"
        f'<rect class="paper" width="100%" height="100%"/>{rows}</svg>'
    )


def _cut(label: str) -> str:
    plain = "".join(c for c in label if c.isprintable())
    return escape(plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…")
