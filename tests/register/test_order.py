"""The tables are the same for any order of documents, any division into parts, any memory, and from the cache."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engine import extract_all
from pipeline.model import Document
from pipeline.resolve import resolve, told
from pipeline.settings import Settings
from tests.register import short
from tests.register.build import HEADER, document

SENTENCES = (
    "The Blue Kelp Alliance (BKAL) is led by Tuscany since 2019.",
    "BKAL was launched in 2017.",
    "BKAL is led by Tuscany since 2018.",
    "BLUE KELP ALLIANCE was launched in 2016.",
    "Green Velmora Network is led by Lapland.",
    "Green Velmora Network was launched in 2018.",
    "The Bulk Kiln Association (BKAL) is led by Navarra.",
    "The Velmora Green (VGRN) was launched in 2018.",
)
RIVAL = 6
CORRECTED = document(
    "corrections.csv",
    HEADER
    + "merge,partnerships,partnership:velmora-green,,partnership:green-velmora-network,one,2026-11-22,https://c.example\n"
    + "part,partnerships,partnership:green-velmora-network,,d0,another,2026-11-22,https://c.example\n",
)


def corpus(texts: list[tuple[int, ...]]) -> list[Document]:
    """Documents of these sentences, and corrections."""
    made = [document(f"d{n}.txt", " ".join(SENTENCES[i] for i in chosen)) for n, chosen in enumerate(texts)]
    return [*made, CORRECTED]


def tables(documents: list[Document], work: Path, **own: object) -> dict[str, pd.DataFrame]:
    """As a run makes them, with extractions and what documents tell kept in `work`."""
    given = Settings(seeds=work, work=work, engine="process", extractor="tests.register.short:extract")
    used = replace(given, **own)  # type: ignore[arg-type]
    return resolve(documents, extract_all(documents, used), used)


def same(found: dict[str, pd.DataFrame], expected: dict[str, pd.DataFrame]) -> None:
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame, expected[name])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(range(len(SENTENCES))), min_size=1, max_size=3).map(tuple), max_size=6),
    shard=st.integers(1, 4),
    chance=st.randoms(use_true_random=False),
)
def test_order_and_parts_change_nothing(
    texts: list[tuple[int, ...]], shard: int, chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents, work = corpus(texts), tmp_path_factory.mktemp("work")
    expected = resolve(documents, {d.document_id: short.extract(d) for d in documents}, Settings(work=work))
    turned = list(documents)
    chance.shuffle(turned)
    same(tables(turned, work, shard=shard), expected)
    same(tables(documents, work, shard=9), expected)


def test_workers_and_little_memory_change_nothing(tmp_path: Path) -> None:
    documents = corpus([(0, 1), (1, 2), (2, 3), (4,), (3, 5), (7, 0)])
    expected = tables(documents, tmp_path / "one")
    assert len(expected["memberships"]) > 1 and len(expected["redirects"]) == 2
    same(tables(documents, tmp_path / "two", engine="workers", workers=2, shard=2, memory=60_000_000), expected)


def test_only_what_changed_is_told_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(0,), (4,), (1,), (5,)]
    tables(corpus(texts), tmp_path, shard=1)
    made: list[str] = []
    write = told.write
    monkeypatch.setattr(told, "write", lambda *given: (made.append(given[1]), write(*given))[1])
    tables(corpus(texts), tmp_path, shard=1)
    assert made == []
    more = [*corpus(texts), document("new.txt", SENTENCES[2])]
    assert "new" in set(tables(more, tmp_path, shard=1)["mentions"]["document_id"])
    assert len(made) == 1
    # A second body of that acronym: those who say no more than the acronym mean neither of them now.
    rival = [*more, document("rival.txt", SENTENCES[RIVAL])]
    found = tables(rival, tmp_path, shard=1)
    assert len(made) == 1 + 3
    same(found, tables(rival, tmp_path / "elsewhere"))


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_what_is_kept_and_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    documents = corpus([(0,), (2,)])
    expected = tables(documents, tmp_path)
    for file in (tmp_path / "told").glob("*.parquet"):
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 3] ^= 255
        file.write_bytes(raw[: len(raw) // 2] if damage == "cut" else raw)
    same(tables(documents, tmp_path), expected)
