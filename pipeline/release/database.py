"""All tables in one DuckDB file that clients from DuckDB 1.1 on open: keys, references, checks, comments, views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as arrow

from pipeline.release.files import parquet_of
from pipeline.tables import MEMORY, Tables
from schemas import TABLES
from schemas.derive import comments, ddl

NAME = "s3_partnerships.duckdb"
VIEWS = Path(__file__).with_name("views.sql")
HELD = 20_000_000
"""Rows of all tables that the file holds; with more it has views over the Parquet files."""
KEYED = 500_000
"""Rows up to which `mentions` and `evidence` have keys and references."""
_ROWS = 50_000


def build(path: Path, tables: Tables) -> None:
    """Write the file. `path` must not exist; where the tables are too many rows to stand in it, their Parquet files
    must lie in `parquet` beside it."""
    connection = duckdb.connect(config=_options(path))
    try:
        connection.execute(f"ATTACH '{_escaped(path)}' AS published (STORAGE_VERSION 'v1.0.0', BLOCK_SIZE 16384)")
        connection.execute("USE published")
        _confine(connection, path.parent)
        # One transaction: each statement on its own would wait for the disk.
        connection.execute("BEGIN")
        held = holds(tables)
        for name, model in TABLES.items():
            if not held:
                connection.execute(f"CREATE VIEW \"{name}\" AS FROM read_parquet('{_address(path.parent, name)}')")
                connection.execute(comments(model, "VIEW")[0])
                continue
            for statement in ddl(model, keyed(tables, name)):
                connection.execute(statement)
            for rows in _waves(tables) if name == "regions" else tables.pieces(name):
                connection.register("incoming", rows)
                connection.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')
                connection.unregister("incoming")
        connection.execute(VIEWS.read_text(encoding="utf-8"))
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH published")
    finally:
        connection.close()


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file to read from, with a bound of memory."""
    with duckdb.connect(str(path), read_only=True, config=_options(path)) as connection:
        _confine(connection, path.parent)
        yield connection


def flat(path: Path, name: str) -> Iterator[arrow.Table]:
    """A flat table, which a view of the file gives, piece by piece; at least one piece."""
    with opened(path) as connection:
        reader = connection.sql(f"SELECT * FROM {name} ORDER BY ALL").to_arrow_reader(_ROWS)
        empty = True
        for batch in reader:
            empty = empty and not batch.num_rows
            if batch.num_rows:
                yield arrow.Table.from_batches([batch])
        if empty:
            yield reader.schema.empty_table()


def holds(tables: Tables) -> bool:
    """Whether the tables stand in the file; else it has views over the Parquet files."""
    return sum(tables.count(name) for name in TABLES) <= HELD


def keyed(tables: Tables, name: str) -> bool:
    """Whether a table has keys and references in the file: those of a large one would take more memory than it."""
    return name not in ("mentions", "evidence") or tables.count(name) <= KEYED


def content_digest(digests: dict[str, str], tables: Tables) -> str:
    """SHA-256 of what the file holds: the digests of its tables' Parquet files, their definitions, the views.

    The file's own bytes differ between two builds of the same tables.
    """
    digest = hashlib.sha256(VIEWS.read_bytes())
    for name, model in TABLES.items():
        made = ddl(model, keyed(tables, name)) if holds(tables) else ["view"]
        digest.update("\0".join([name, digests[name], *made]).encode())
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


def _address(folder: Path, name: str) -> str:
    """Where the Parquet file or files of a table are, seen from the folder of the release."""
    place = parquet_of(folder, name)
    return place.relative_to(folder).as_posix() + ("/*.parquet" if place.is_dir() else "")


def _options(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    # What does not fit goes to disk beside the file, but is no part of the release.
    spilled = path.parent.parent / "spilled"
    limits = {"memory_limit": f"{MEMORY // 1_000_000}MB", "temp_directory": str(spilled)}
    return {**limits, "autoinstall_known_extensions": "false"}


def _confine(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Nothing that a text says can make it read or write another file, nor load an extension."""
    place = _escaped(folder.resolve())
    # Views name the Parquet files as seen from that folder.
    connection.execute(
        f"SET allowed_directories = ['parquet', '{place}', '{_escaped(folder.resolve().parent)}/spilled']"
    )
    connection.execute(f"SET file_search_path = '{place}'")
    connection.execute("SET enable_external_access = false")


def _waves(tables: Tables) -> Iterator[arrow.Table]:
    """Regions, parents before children: a reference to the table itself is checked row by row within one INSERT."""
    regions = arrow.concat_tables(tables.pieces("regions"))
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
