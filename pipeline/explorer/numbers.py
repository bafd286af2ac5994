"""Who counts as being in a partnership: the same rules as the views `members` and `region_members`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def members(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Memberships as lead or member that are not former, planned or only invited."""
    rows = tables["memberships"]
    now = rows["status"].isna() | (rows["status"] == "current")
    return rows[rows["role"].isin(["lead", "member"]) & now]


def region_members(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """`region_id`, `partnership_id`, `role`: regions in partnerships, themselves or through their authority."""
    rows = members(tables)[["participant_id", "partnership_id", "role"]]
    own = rows[rows["participant_id"].str.startswith("region:")].rename(columns={"participant_id": "region_id"})
    acting = tables["organisations"][["organisation_id", "acts_for_region_id"]].dropna()
    through = rows.merge(acting, left_on="participant_id", right_on="organisation_id")
    through = through.rename(columns={"acts_for_region_id": "region_id"})[["region_id", "partnership_id", "role"]]
    return pd.concat([own, through]).drop_duplicates().sort_values(["region_id", "partnership_id", "role"])


def partnerships_by_region(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Number of partnerships of each region that is in any, by `region_id`."""
    counts = region_members(tables).groupby("region_id")["partnership_id"].nunique()
    return counts.astype(int)
