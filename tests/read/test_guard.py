from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.read.guard import Guard
from pipeline.read.reading import Limits, Unreadable

MISBEHAVE = "tests.read.misbehave"


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(seconds=1, memory=1_000_000_000) as guard:
        yield guard


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hang", "more than 1 s"),
        ("sleep", "more than 1 s"),
        ("die", "SIGSEGV"),
        ("leave", "status 3"),
        ("swell", "more memory"),
        ("sink", "nested too deeply"),
        ("fail", "KeyError"),
        ("refuse", "half of it is missing"),
        ("connect", "not allowed"),
        ("spawn", "not allowed"),
        ("nothing", "AttributeError"),
    ],
)
def test_a_parser_does_no_harm_and_the_next_one_works(guard: Guard, name: str, says: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match=says) as caught:
        guard.call(f"{MISBEHAVE}:{name}", b"", Limits())
    assert "\n" not in str(caught.value) and ":" in str(caught.value)
    assert time.monotonic() - started < 8
    assert [r.text for r in guard.call(f"{MISBEHAVE}:well", b"good", Limits())] == ["good"]


def test_what_a_library_prints_is_not_taken_for_an_answer(guard: Guard) -> None:
    assert guard.call(f"{MISBEHAVE}:says", b"", Limits())[0].text == "said"


def test_a_parser_writes_no_file(guard: Guard, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not allowed"):
        guard.call(f"{MISBEHAVE}:write", str(tmp_path / "x").encode(), Limits())
    assert not (tmp_path / "x").exists()


def test_too_long_a_text_is_refused(guard: Guard) -> None:
    with pytest.raises(Unreadable, match="over the limit of 3"):
        guard.call(f"{MISBEHAVE}:well", b"four", Limits(characters=3))
