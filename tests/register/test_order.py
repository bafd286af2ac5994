"""The tables are the same for any order of documents, any division into parts, and from the cache."""

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
from pipeline.resolve import resolve
from pipeline.resolve import told
from pipeline.settings import Settings
from tests.register.build import HEADER, MEMBERS, document, member

SENTENCES = (
    "The European Blue Kelp Alliance (EBKA) is led by Tuscany.",
    "EBKA was launched in 2017. Navarra joined EBKA in 2019.",
    "The Velmora partnership is led by Lapland and has 12 member regions.",
    "The Velmora partnership was launched in 2018. Its members are Navarra and Tuscany.",
    "The European Bulk Kiln Association (EBKA) is a member of the Velmora partnership.",
    "Lapland left the Velmora partnership in March 2021.",
)
LISTED = document("register/memberships.csv", MEMBERS + member("Blue Kelp", "Lapland", "region,FI1D7,FI,member,,,,,"))
CORRECTED = document(
    "corrections.csv",
    HEADER + "merge,partnerships,partnership:blue-kelp,,partnership:velmora,one thing,2026-11-22,https://c.example\n",
)


def corpus(texts: list[tuple[int, ...]]) -> list[Document]:
    """Documents of these sentences, beside a register and a correction."""
    made = [document(f"d{n}.txt", " ".join(SENTENCES[i] for i in chosen)) for n, chosen in enumerate(texts)]
    return [*made, LISTED, CORRECTED]


def tables(documents: list[Document], work: Path, **own: object) -> dict[str, pd.DataFrame]:
    """As a run makes them, with extractions and what documents tell kept in `work`."""
    used = replace(Settings(seeds=work, work=work, engine="process"), **own)  # type: ignore[arg-type]
    return resolve(documents, extract_all(documents, used), used)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(range(len(SENTENCES))), min_size=1, max_size=3).map(tuple), max_size=5),
    shard=st.integers(1, 4),
    chance=st.randoms(use_true_random=False),
)
def test_order_and_parts_change_nothing(
    texts: list[tuple[int, ...]], shard: int, chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = corpus(texts)
    expected = resolve(
        documents,
        {d.document_id: e for d in documents for e in [_extract(d)]},
        Settings(work=tmp_path_factory.mktemp("plain")),
    )
    turned = list(documents)
    chance.shuffle(turned)
    work = tmp_path_factory.mktemp("work")
    for found in (tables(turned, work, shard=shard), tables(documents, work, shard=9)):
        for name, frame in found.items():
            pd.testing.assert_frame_equal(frame, expected[name])


def test_workers_and_little_memory_change_nothing(tmp_path: Path) -> None:
    documents = corpus([(0, 1), (1, 2), (2, 3), (4,), (3, 5)])
    expected = tables(documents, tmp_path / "one")
    found = tables(documents, tmp_path / "two", engine="workers", workers=2, shard=2, memory=60_000_000)
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame, expected[name])


def test_only_what_changed_is_told_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(0,), (2,), (3,), (1,)]
    tables(corpus(texts), tmp_path, shard=2)
    made: list[str] = []
    write = told.write
    monkeypatch.setattr(told, "write", lambda *given: made.append(given[1]) or write(*given))  # type: ignore[func-returns-value]
    tables(corpus(texts), tmp_path, shard=2)
    assert made == []
    more = [*corpus(texts), document("new.txt", "Navarra is a member of the Velmora partnership.")]
    assert "new" in set(tables(more, tmp_path, shard=2)["mentions"]["document_id"])
    assert len(made) == 1
    # A second body of that acronym: who says no more than EBKA means neither.
    rival = [*more, document("rival.txt", SENTENCES[4])]
    found = tables(rival, tmp_path, shard=2)
    assert len(made) > 2
    again = tables(rival, tmp_path / "elsewhere")
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame, again[name])


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_what_is_kept_and_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    documents = corpus([(0,), (2,)])
    expected = tables(documents, tmp_path)
    for file in (tmp_path / "told").glob("*.parquet"):
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 3] ^= 255
        file.write_bytes(raw[: len(raw) // 2] if damage == "cut" else raw)
    for name, frame in tables(documents, tmp_path).items():
        pd.testing.assert_frame_equal(frame, expected[name])


def _extract(found: Document):  # type: ignore[no-untyped-def]
    from pipeline.extract import extract
    from pipeline.personal.leave_out import without_people

    return without_people(found, extract(found))
