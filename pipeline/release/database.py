"""All tables in one DuckDB file that clients from DuckDB 1.1 on open: keys, references, checks, comments, views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as arrow

from schemas import TABLES
from schemas.derive import ddl

NAME = "s3_partnerships.duckdb"
VIEWS = Path(__file__).with_name("views.sql")


def build(path: Path, tables: dict[str, arrow.Table]) -> dict[str, arrow.Table]:
    """Write the file and return the flat tables that its views `flat_*` give, by name. `path` must not exist."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute(f"ATTACH '{_escaped(path)}' AS published (STORAGE_VERSION 'v1.0.0', BLOCK_SIZE 16384)")
        connection.execute("USE published")
        # Nothing that a text says can make it read or write another file, nor load an extension.
        connection.execute("SET enable_external_access = false")
        # One transaction: each statement on its own would wait for the disk.
        connection.execute("BEGIN")
        for name, model in TABLES.items():
            for statement in ddl(model):
                connection.execute(statement)
            for rows in _waves(tables[name]) if name == "regions" else [tables[name]]:
                connection.register("incoming", rows)
                connection.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')
                connection.unregister("incoming")
        connection.execute(VIEWS.read_text(encoding="utf-8"))
        flat = {}
        for name in ("flat_memberships", "flat_partnerships"):
            flat[name] = connection.sql(f"SELECT * FROM {name} ORDER BY ALL").to_arrow_table()
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH published")
        return flat
    finally:
        connection.close()


def content_digest(digests: dict[str, str]) -> str:
    """SHA-256 of what the file holds: the digests of its tables' Parquet files, their definitions, the views.

    The file's own bytes differ between two builds of the same tables.
    """
    digest = hashlib.sha256(VIEWS.read_bytes())
    for name, model in TABLES.items():
        digest.update("\0".join([name, digests[name], *ddl(model)]).encode())
    return digest.hexdigest()


def opens(path: Path) -> bool:
    """Whether `path` is a DuckDB file with all tables, each of which can be read to its end (blocks have checksums)."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            for name in TABLES:
                connection.execute(f'SELECT max(hash(t)) FROM "{name}" t').fetchall()
            return True
    except duckdb.Error:
        return False


def _waves(regions: arrow.Table) -> Iterator[arrow.Table]:
    """Parents before children: a reference to the table itself is checked row by row within one INSERT."""
    parent = dict(zip(regions["region_id"].to_pylist(), regions["parent_id"].to_pylist(), strict=True))
    depths = [_depth(region, parent) for region in parent]
    for depth in sorted(set(depths)):
        yield regions.filter(arrow.array([d == depth for d in depths]))


def _depth(region: str, parent: dict[str, str | None]) -> int:
    depth, above = 0, parent[region]
    while above is not None and depth <= len(parent):
        depth, above = depth + 1, parent.get(above)
    return depth


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
