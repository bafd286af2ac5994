"""What of the tables the page holds: all of them while they are small, the most connected part when they are not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as arrow

from pipeline.explorer.numbers import members
from pipeline.tables import Tables

LIMITS = {
    "partnerships": 1500,
    "regions": 1500,
    "organisations": 4000,
    "programmes": 500,
    "events": 1500,
    "memberships": 12000,
    "attendances": 3000,
    "links": 3000,
    "agenda": 1500,
    "figures": 1500,
    "names": 12000,
    "evidence": 16000,
}
"""Rows of each table that the page holds at most."""
_CONNECTED = {"memberships": "partnership_id", "attendances": "event_id"}
_FACTS = ("memberships", "attendances", "links", "agenda", "figures")


def select(tables: Mapping[str, pd.DataFrame], share: float = 1.0) -> dict[str, pd.DataFrame]:
    """The rows for the page: within the limits, and no more than `share` of what these allow; rows keep their order.

    Partnerships with most members stay, then who is in them, then what is mentioned most. Of the evidence each row
    keeps its strongest quote before any keeps a second.
    """
    every = Tables.over(tables)
    limits = {name: max(1, int(min(limit, every.count(name)) * share)) for name, limit in LIMITS.items()}
    size = members(tables)["partnership_id"].value_counts()
    weight = tables["entities"].set_index("entity_id")["mentions"].astype(float)
    rank = {"partnerships": size, "events": tables["attendances"]["event_id"].value_counts()}
    kept: dict[str, pd.DataFrame] = {}
    for name in ("partnerships", "events"):
        kept[name] = _top(tables[name], [rank[name], weight], limits[name])
    for name, column in _CONNECTED.items():
        parent = kept["partnerships" if name == "memberships" else "events"]
        kept[name] = tables[name][tables[name][column].isin(parent.iloc[:, 0])].head(limits[name])
    involved = pd.concat([kept[n]["participant_id"] for n in _CONNECTED]).value_counts()
    for name in ("organisations", "programmes"):
        kept[name] = _top(tables[name], [involved, weight], limits[name])
    acting = pd.concat([kept["organisations"][c] for c in ("region_id", "acts_for_region_id")]).dropna().value_counts()
    parents = tables["regions"]["parent_id"].dropna().value_counts()
    kept["regions"] = _top(tables["regions"], [involved, acting, parents, weight], limits["regions"])
    entities = pd.concat(
        [kept[n].iloc[:, 0] for n in ("partnerships", "regions", "organisations", "programmes", "events")]
    )
    kept["links"] = _where(tables["links"], entities, "subject_id", "object_id").head(limits["links"])
    for name in ("agenda", "figures"):
        found = tables[name]["subject_id"].isin(entities) | tables[name]["subject_id"].isna()
        kept[name] = tables[name][found].head(limits[name])
    kept["names"] = _where(tables["names"], entities, "entity_id").head(limits["names"])
    rows = pd.concat([entities, *(kept[name].iloc[:, 0] for name in _FACTS)])
    kept["evidence"] = _strongest(every, rows, limits["evidence"])
    first = every.frame(f"SELECT document_id FROM documents ORDER BY document_id LIMIT {limits['events']}")
    used = pd.concat([kept["evidence"]["document_id"], first["document_id"]]).drop_duplicates()
    kept["documents"] = every.frame(
        "FROM documents SEMI JOIN used USING (document_id) ORDER BY document_id", used=_listed(document_id=used)
    )
    kept["entities"] = _where(tables["entities"], _named(kept, entities), "entity_id")
    return kept


def _top(frame: pd.DataFrame, ranks: list[pd.Series], limit: int) -> pd.DataFrame:
    """The `limit` rows that rank highest: by the first series, by the next where equal, by key last."""
    if len(frame) <= limit:
        return frame
    key = frame.columns[0]
    order = pd.DataFrame({i: frame[key].map(rank).fillna(0).astype(float) for i, rank in enumerate(ranks)})
    order["key"] = frame[key]
    best = order.sort_values(list(order.columns), ascending=[False] * len(ranks) + [True]).index[:limit]
    return frame.loc[best.sort_values()]


def _where(frame: pd.DataFrame, keys: pd.Series, *columns: str) -> pd.DataFrame:
    good = pd.Series(True, index=frame.index)
    for column in columns:
        good &= frame[column].isin(keys)
    return frame[good]


def _strongest(tables: Tables, rows: pd.Series, limit: int) -> pd.DataFrame:
    """Evidence of these rows: the strongest quote of each before the second of any, in order of key."""
    order = "preferred DESC, (column_name IS NULL) DESC, confidence DESC, evidence_id"
    return tables.frame(
        f"""
        SELECT * EXCLUDE (place) FROM (
            SELECT *, row_number() OVER (PARTITION BY row_id ORDER BY {order}) AS place
            FROM evidence SEMI JOIN kept USING (row_id)
            ORDER BY place, {order} LIMIT {limit}
        ) ORDER BY evidence_id
        """,
        kept=_listed(row_id=rows.dropna().drop_duplicates()),
    )


def _listed(**columns: pd.Series) -> arrow.Table:
    return arrow.table({name: arrow.array(list(values), arrow.string()) for name, values in columns.items()})


def _named(kept: dict[str, pd.DataFrame], entities: pd.Series) -> pd.Series:
    """Every entity that a kept row refers to, so that none is without its name."""
    columns = ("participant_id", "on_behalf_of_id", "partnership_id", "event_id", "region_id", "acts_for_region_id",
               "parent_id", "publisher_id")  # fmt: skip
    found = [frame[c] for frame in kept.values() for c in columns if c in frame]
    return pd.concat([entities, *found]).dropna().drop_duplicates()
