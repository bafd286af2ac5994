"""Two versions of a small input folder, the releases they give, and whether a release is wholly one of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
from pyarrow import parquet

from pipeline.release import swap
from pipeline.release.database import NAME
from schemas import TABLES
from tests.campaigns import victim

TEXTS = {
    "old": {"a.txt": "The Velmora partnership is led by Tuscany. Its members are Navarra and Lapland.\n"},
    "new": {
        "a.txt": "The Velmora partnership is led by Tuscany. Its members are Navarra, Lapland and Wallonia.\n",
        "b.txt": "The Kestria network was launched in 2019. Piedmont is a member of the Kestria network.\n",
    },
}


class World:
    """Folders below `root`: `seeds`, `data`, `work`, `history`."""

    def __init__(self, root: Path, extra: tuple[str, ...] = ()) -> None:
        self.root, self.data, self.work = root, root / "data", root / "work"
        places = ["--seeds", str(root / "seeds"), "--data", str(self.data), "--work", str(self.work)]
        # Runs are what is tried here, also where nothing has changed.
        self.arguments = [*places, "--force", *extra]
        self.said = root / "said.txt"
        self.manifests: dict[str, str] = {}

    def prepare(self, warm: bool = True) -> None:
        """Make the release of each version once; the old one is published when this ends."""
        self.put("new")
        if warm:
            victim.warm(self.arguments)
        for version in ("new", "old"):
            self.put(version)
            status = victim.run(self.arguments, self.said)
            assert status == 0, self.said.read_text()
            self.manifests[version] = (self.data / swap.MANIFEST).read_text()
        assert self.manifests["old"] != self.manifests["new"]
        assert self.published() == "old"

    def put(self, version: str) -> None:
        """Make the input folder that of a version."""
        seeds = self.root / "seeds"
        shutil.rmtree(seeds, ignore_errors=True)
        seeds.mkdir(parents=True)
        for name, text in TEXTS[version].items():
            (seeds / name).write_text(text)

    def published(self) -> str:
        """Which version is published. Raises AssertionError where it is not wholly one of the two."""
        manifest = (self.data / swap.MANIFEST).read_text()
        (version,) = (v for v, m in self.manifests.items() if m == manifest)
        assert swap.verify(self.data) == [], swap.verify(self.data)
        with duckdb.connect(str(self.data / NAME), read_only=True) as connection:
            for table in TABLES:
                rows = parquet.read_table(self.data / "parquet" / f"{table}.parquet")
                connection.register("incoming", rows)
                for one, other in ((f'"{table}"', "incoming"), ("incoming", f'"{table}"')):
                    query = f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other})"
                    assert connection.execute(query).fetchall() == [(0,)], table
                connection.unregister("incoming")
        return version

    def leftovers(self) -> list[str]:
        """What no run should leave behind."""
        found = [*self.root.glob(".tmp-*"), *self.data.glob(".tmp-*"), *self.data.glob("*.wal")]
        found += [*self.work.glob("staged-*"), *self.work.glob("release-*"), *self.work.glob("text/**/.tmp-*")]
        listed = {*swap.read_manifest(self.data)["files"], swap.MANIFEST}
        found += [p for p in self.data.rglob("*") if p.is_file() and p.relative_to(self.data).as_posix() not in listed]
        return [str(p.relative_to(self.root)) for p in found]
