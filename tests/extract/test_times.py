"""Clock times: every word and zone of every pack; what is no time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.dates.times import find_times
from pipeline.languages import load_packs

PACKS = load_packs()
CODES = sorted(PACKS)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:30", "09:30", None),
        ("9:30-13:00", "09:30", "13:00"),
        ("09.30–16.00", "09:30", "16:00"),
        ("9:30 – 13:00", "09:30", "13:00"),
        ("23:00–01:00", "23:00", "01:00"),
    ],
)
def test_times_in_figures(code: str, text: str, start: str, end: str | None) -> None:
    (atom,) = find_times(f"({text})", PACKS[code])
    assert (atom.start, atom.end, atom.start_time, atom.end_time) == (1, len(text) + 1, start, end)


@pytest.mark.parametrize("code", CODES)
def test_time_words_before_or_after(code: str) -> None:
    pack = PACKS[code]
    weak = {w for key in ("between", "since", "until", "range", "inner", "on") for w in pack.words("dates", key)}
    weak |= {
        w for key in ("place_prepositions", "programme_prepositions", "articles") for w in pack.words("grammar", key)
    }
    for entry in pack.words("dates", "time"):
        word, _, value = entry.partition("=")
        if word in weak:
            continue
        hour = 10 + int(value or 0)
        found = find_times(f"{word} 10", pack) + find_times(f"10 {word}", pack)
        assert found, word
        assert found[0].start_time in ("10:00", f"{hour:02d}:00"), word


@pytest.mark.parametrize("code", CODES)
def test_timezones(code: str) -> None:
    for entry in PACKS[code].words("dates", "timezones"):
        word, _, value = entry.partition("=")
        for text in (f"9:30 {word.upper()}", f"9:30 ({word})"):
            (atom,) = find_times(text, PACKS[code])
            assert atom.timezone is not None and atom.timezone.casefold() == (value or word).casefold(), text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text",
    ["8.3.2018", "12.04.", "1.5", "3:1", "25:00", "10:75", "1:2:3", "24 %", "9.30", "2.50–3.20 €", "12-15", "№ 9:30"],
)
def test_no_times(code: str, text: str) -> None:
    assert find_times(f"qwr {text} zxc", PACKS[code]) == []


@settings(max_examples=150, deadline=None)
@given(
    code=st.sampled_from(CODES),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    before=st.sampled_from(["", "\ufeff", "🎉 ", "q\r\n\r\n", "(", "8.3.2018, "]),
    after=st.sampled_from(["", "\r\n", " 🎉", ")", ", q", "."]),
)
def test_planted_times_are_found_where_they_stand(code: str, hour: int, minute: int, before: str, after: str) -> None:
    planted = f"{hour}:{minute:02d}"
    text = before + planted + after
    (atom,) = find_times(text, PACKS[code])
    assert (text[atom.start : atom.end], atom.start_time) == (planted, f"{hour:02d}:{minute:02d}")
