"""The page's data: the tables by column, repeated values once, and the numbers that its first view shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as arrow

from pipeline.explorer.passages import Contexts, contexts, passages
from pipeline.explorer.projection import europe, place
from pipeline.tables import Tables
from schemas import codes

_LEFT_OUT = ("_earliest", "_latest", "_sha256")
_SHOWN_CODES = {
    "platform": codes.PLATFORM, "partnership": codes.PARTNERSHIP_KIND, "organisation": codes.ORGANISATION_KIND,
    "programme": codes.PROGRAMME_KIND, "event": codes.EVENT_KIND, "mode": codes.MODE, "role": codes.MEMBERSHIP_ROLE,
    "status": codes.MEMBERSHIP_STATUS, "attendance_role": codes.ATTENDANCE_ROLE,
    "attendance_status": codes.ATTENDANCE_STATUS, "relation": codes.RELATION, "agenda": codes.AGENDA_KIND,
    "qualifier": codes.QUALIFIER, "zone": codes.ZONE, "name": codes.NAME_KIND,
}  # fmt: skip
ACCURACY_KINDS = ("regions", "organisations", "partnerships", "events", "memberships", "attendances", "all entities",
                  "all relations")  # fmt: skip


def page_data(
    tables: Mapping[str, pd.DataFrame],
    kept: dict[str, pd.DataFrame],
    around: Contexts,
) -> dict[str, Any]:
    """What was `kept` of the tables by column, `totals` (rows of the whole release), `passages`, `codes`, `map`.

    `around` are the contexts of the quotes that were kept, and perhaps of others.
    """
    every = Tables.over(tables)
    found, placed = passages(kept["evidence"], around)
    kept["evidence"] = kept["evidence"].drop(columns=["quote", "evidence_id"]).join(placed)
    kept["regions"] = kept["regions"].join(_places(kept["regions"]))
    drawn = europe()
    return {
        "tables": {name: _columns(frame) for name, frame in sorted(kept.items())},
        "totals": {name: every.count(name) for name in tables},
        "passages": [[document, start, text] for document, start, text in found],
        "codes": _SHOWN_CODES,
        "map": {key: drawn[key] for key in ("width", "height", "union", "others", "borders")},
    }


def quote_contexts(
    tables: Mapping[str, pd.DataFrame],
    kept: Mapping[str, pd.DataFrame],
    texts: Mapping[str, str],
    suppressed: frozenset[str],
) -> Contexts:
    """What may be shown around the quotes that were `kept`."""
    quoted = arrow.table({"document_id": arrow.array(sorted(set(kept["evidence"]["document_id"])), arrow.string())})
    mentions = Tables.over(tables).frame(
        "SELECT document_id, start_offset, end_offset FROM mentions SEMI JOIN quoted USING (document_id)", quoted=quoted
    )
    return contexts(kept["evidence"], mentions, kept["documents"], texts, suppressed)


def accuracy(quality: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was measured on documents that no rule was written from; None where nothing was."""
    measured = (quality.get("accuracy") or {}).get("corpora", {}).get("measure")
    if not measured:
        return None
    kinds = {kind: measured["kinds"][kind] for kind in ACCURACY_KINDS if kind in measured["kinds"]}
    columns = ("precision", "recall", "f1", "f1_interval", "annotated")
    return {
        "documents": measured["documents"],
        "languages": measured["languages"],
        "calibration_error": measured["calibration"]["expected_error"],
        "kinds": {kind: {c: facts.get(c) for c in columns} for kind, facts in kinds.items()},
    }


def _places(regions: pd.DataFrame) -> pd.DataFrame:
    """`x` and `y` on the map; none where a region has no point. Far away ones stand outside the frame."""
    points = [
        (np.nan, np.nan) if np.isnan(longitude) or np.isnan(latitude) else place(longitude, latitude)
        for longitude, latitude in regions[["longitude", "latitude"]].to_numpy(dtype=float, na_value=np.nan)
    ]
    return pd.DataFrame(points, columns=["x", "y"], index=regions.index).round(1)


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    columns = [name for name in frame.columns if not name.endswith(_LEFT_OUT)]
    return {"rows": len(frame), "columns": {name: _column(frame[name]) for name in columns}}


def _column(series: pd.Series) -> Any:
    """A list of values; `{"of": distinct values, "is": their places}` where that is much shorter."""
    values = [_plain(value) for value in series.astype(object).where(series.notna(), None).tolist()]
    distinct = list(dict.fromkeys(values))
    if len(distinct) * 2 > len(values):
        return values
    places = {value: i for i, value in enumerate(distinct)}
    return {"of": distinct, "is": [places[value] for value in values]}


def _plain(value: Any) -> Any:
    """A value as JSON has it; numbers that are whole without a point."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    number = float(value)
    return int(number) if number.is_integer() else round(number, 4)
