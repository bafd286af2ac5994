"""The map as a picture of its own: `map.svg` of a release, for README.md and Dagster's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from math import sqrt

import pandas as pd

from pipeline.explorer.numbers import partnerships_by_region, region_members
from pipeline.explorer.projection import europe, place, shown

NAME = "map.svg"
_SPOTS, _ARCS, _LABELS, _LETTER = 600, 90, 12, 17
_STYLE = """
  .sea { fill: #dfe8ef } .union { fill: #fff } .others { fill: #eeebe3 }
  .borders { fill: none; stroke: #bcc4cf; stroke-width: .8 }
  .arcs { fill: none; stroke: #c2410c; stroke-opacity: .2; stroke-linecap: round }
  .spots { fill: #1b4b8f; fill-opacity: .74; stroke: #fff; stroke-width: 1 }
  text { font: 600 17px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #16213a }
  .labels { paint-order: stroke; stroke: #fff; stroke-opacity: .9; stroke-width: 4; stroke-linejoin: round }
"""

Spot = tuple[str, str, int, float, float]
"""Region, its name, number of its partnerships, place on the map."""


def picture(tables: Mapping[str, pd.DataFrame], detailed: bool = True) -> str:
    """Regions as circles by the number of their partnerships, and lines between those that share most, as SVG.

    Less `detailed`, it is a third as large: the Union's outline alone, without neighbours and inner borders.
    """
    drawn = europe()
    spots = list(_spots(tables))
    at = {region: (x, y) for region, _, _, x, y in spots}
    most = max((count for _, _, count, _, _ in spots), default=0)
    sizes = {region: 4 + 17 * sqrt(count / max(most, 8)) for region, _, count, _, _ in spots}
    arcs = "".join(_arc(at[a], at[b], shared) for a, b, shared in _strongest(tables, set(at)))
    circles = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{sizes[region]:.1f}"><title>{_text(name)}: {count}</title></circle>'
        for region, name, count, x, y in spots
    )
    labels = "".join(f'<text x="{x:.1f}" y="{y:.1f}">{_text(name)}</text>' for name, x, y in _labels(spots, sizes))
    around = f'<path class="others" d="{drawn["others"]}"/>\n' if detailed else ""
    borders = f'<path class="borders" d="{drawn["borders"]}"/>\n' if detailed else ""
    said = f"Map of Europe: {len(spots)} regions with circles as large as the number of their partnerships"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn["width"]} {drawn["height"]}" '
        f'width="{drawn["width"] if detailed else 620}" role="img" aria-label="{said}">\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="sea" width="100%" height="100%"/>\n{around}'
        f'<path class="union" d="{drawn["union"]}"/>\n{borders}'
        f'<g class="arcs">{arcs}</g>\n<g class="spots">{circles}</g>\n<g class="labels">{labels}</g>\n</svg>\n'
    )


def _spots(tables: Mapping[str, pd.DataFrame]) -> Iterator[Spot]:
    """The regions in most partnerships that have a place within the frame, largest first."""
    counts = partnerships_by_region(tables)
    rows = tables["regions"].set_index("region_id").reindex(counts.index)
    rows = rows.assign(count=counts).sort_values("count", ascending=False, kind="stable").head(_SPOTS)
    for region, row in rows.iterrows():
        if pd.isna(row["longitude"]) or pd.isna(row["latitude"]):
            continue
        x, y = place(float(row["longitude"]), float(row["latitude"]))
        if shown(x, y):
            name = row["name"] if pd.isna(row["name_en"]) else row["name_en"]
            yield str(region), str(name), int(row["count"]), x, y


def _strongest(tables: Mapping[str, pd.DataFrame], regions: set[str]) -> list[tuple[str, str, int]]:
    """Pairs of regions that share at least two partnerships, those that share most."""
    rows = region_members(tables)[["region_id", "partnership_id"]].drop_duplicates()
    rows = rows[rows["region_id"].isin(regions)]
    # A partnership of hundreds says little about any pair in it, and its pairs would be too many.
    rows = rows[rows.groupby("partnership_id")["region_id"].transform("size") <= 60]
    pairs = rows.merge(rows, on="partnership_id")
    pairs = pairs[pairs["region_id_x"] < pairs["region_id_y"]]
    shared = pairs.groupby(["region_id_x", "region_id_y"]).size()
    best = shared[shared > 1].sort_values(ascending=False, kind="stable").head(_ARCS)
    return [(str(a), str(b), int(count)) for (a, b), count in best.items()]


def _arc(a: tuple[float, float], b: tuple[float, float], shared: int) -> str:
    dx, dy = b[0] - a[0], b[1] - a[1]
    x, y = a[0] + dx / 2 - dy * 0.16, a[1] + dy / 2 + dx * 0.16
    return f'<path d="M{a[0]:.1f},{a[1]:.1f}Q{x:.1f},{y:.1f} {b[0]:.1f},{b[1]:.1f}" stroke-width="{0.7 * shared:.1f}"/>'


def _labels(spots: list[Spot], sizes: dict[str, float]) -> Iterator[tuple[str, float, float]]:
    """Names of the largest, right or left of their circle, where they cover no other name and no large circle."""
    taken = {region: (x - sizes[region], y - sizes[region], x + sizes[region], y + sizes[region])
             for region, _, _, x, y in spots[: 3 * _LABELS]}  # fmt: skip
    written = 0
    for region, name, _, x, y in spots[: 2 * _LABELS]:
        base, width = y + _LETTER / 3, len(name) * _LETTER * 0.56
        for left in (x + sizes[region] + 4, x - sizes[region] - 4 - width):
            box = (left, base - _LETTER, left + width, base + _LETTER * 0.35)
            others = (other for owner, other in taken.items() if owner != region)
            if written < _LABELS and not any(_overlap(box, other) for other in others):
                taken[f"name of {region}"] = box
                written += 1
                yield name, left, base
                break


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _text(text: str) -> str:
    """Text for SVG, without the control characters that XML forbids."""
    return escape("".join(c for c in text if c >= " " or c in "\t\n"))
