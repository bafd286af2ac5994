"""Numbers and figures: every number word, qualifier and measure noun of every pack."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.numbers.figures import BUDGET, SEATS, find_figures
from pipeline.extract.numbers.find import find_numbers
from pipeline.extract.numbers.words import combine
from pipeline.languages import Pack, load_packs

PACKS = load_packs()
CODES = sorted(PACKS)


def valued(entries: list[str]) -> list[tuple[str, float]]:
    return [(w, float(v)) for w, _, v in (e.partition("=") for e in entries) if v and "*" not in w]


def noun(pack: Pack) -> str:
    return next(n for n in pack.words("measures", "member_regions") if "*" not in n)


@pytest.mark.parametrize("code", CODES)
def test_number_words(code: str) -> None:
    wrong = []
    seen: dict[str, float] = {}
    for word, value in valued(PACKS[code].words("numbers", "words")):
        wanted = seen.setdefault(word, value)
        atoms = find_numbers(word, PACKS[code])
        if value > 1 and [a.value for a in atoms] != [wanted]:
            wrong.append((word, wanted, [a.value for a in atoms]))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_zero_to_twenty_and_tens_are_there(code: str) -> None:
    values = {float(e.partition("=")[2] or -1) for e in PACKS[code].words("numbers", "words")}
    assert values >= {float(n) for n in range(2, 21)}
    assert values >= {30.0, 40.0, 50.0, 100.0}


@pytest.mark.parametrize("code", CODES)
def test_scales_and_euro(code: str) -> None:
    pack = PACKS[code]
    euro = pack.words("numbers", "euro")[0]
    for word, value in valued(pack.words("numbers", "scales")):
        for text in (
            f"2{pack.text('numbers', 'decimal')}5 {word} {euro}",
            f"€2{pack.text('numbers', 'decimal')}5 {word}",
        ):
            (figure,) = find_figures(text, pack)
            assert (figure.value, figure.measure, figure.unit) == (2.5 * value, BUDGET, "eur"), text


@pytest.mark.parametrize("code", CODES)
def test_thousands(code: str) -> None:
    pack = PACKS[code]
    for text in ("13 000", "13\u00a0000", "13\u202f000", *(f"13{t}000" for t in pack.words("numbers", "thousands"))):
        assert [(a.start, a.end, a.value) for a in find_numbers(text, pack)] == [(0, len(text), 13000)], text


@pytest.mark.parametrize("code", CODES)
def test_qualifiers(code: str) -> None:
    pack = PACKS[code]
    seen: dict[str, str] = {}
    for name in ("at_least", "at_most", "approximate"):
        for word in pack.words("numbers", name):
            if "*" not in word:
                wanted = seen.setdefault(word, name)
                got = [(f.value, f.qualifier) for f in find_figures(f"qwr {word} 24 {noun(pack)}", pack)]
                assert got == [(24, wanted)], word


@pytest.mark.parametrize("code", CODES)
def test_measures(code: str) -> None:
    pack = PACKS[code]
    seen: dict[str, str] = {}
    wrong = []
    for measure, words in pack.table("measures").items():
        for word in words:
            if "*" in word or measure == BUDGET:
                continue
            wanted = seen.setdefault(word, "participants" if measure == SEATS else measure)
            for text in (f"24 {word}", f"{word}: 24", f"{word.capitalize()} (qwr): 24"):
                got = [(f.value, f.measure) for f in find_figures(text, pack)]
                if got != [(24, wanted)]:
                    wrong.append((text, wanted, got))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text",
    [
        "3. 24.5.2018",
        "S3 {n}",
        "COVID-19 {n}",
        "24 % {n}",
        "№ 24 {n}",
        "+32 2 298 11 11 {n}",
        "10:30 {n}",
        "8.3.2018 {n}",
        "Xorizon 2020 {n}",
    ],
)
def test_no_figures(code: str, text: str) -> None:
    pack = PACKS[code]
    assert find_figures(text.format(n=noun(pack)), pack) == []


@pytest.mark.parametrize("code", CODES)
def test_places_are_how_many_can_come(code: str) -> None:
    word = next(w for w in PACKS[code].words("measures", SEATS) if "*" not in w)
    got = [(f.value, f.measure, f.qualifier) for f in find_figures(f"24 {word}.", PACKS[code])]
    assert got == [(24, "participants", "at_most")]


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("bg", "Членовете вече са 23, като последен дойде Бургас.", [(23, "members", "exact")]),
        ("et", "Osalejaid oli ligikaudu 90.", [(90, "participants", "approximate")]),
        ("fi", "Ilmoittautuneita on jo yli 45.", [(45, "participants", "at_least")]),
        ("hu", "A férőhelyek száma 120.", [(120, "participants", "at_most")]),
        ("en", "The members are now 23.", [(23, "members", "exact")]),
        ("en", "The members met in room 12.", []),
        ("en", "Working group 3.", []),
        ("en", "The members speak 12 languages.", []),
        ("en", "Of the 30 members there are 12.", [(30, "members", "exact")]),
    ],
)
def test_a_clause_says_how_many_there_are(code: str, text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(f.value, f.measure, f.qualifier) for f in find_figures(text, PACKS[code])] == wanted


@pytest.mark.parametrize("code", CODES)
def test_ranges_of_numbers(code: str) -> None:
    pack = PACKS[code]
    assert [(f.value, f.qualifier) for f in find_figures(f"12–15 {noun(pack)}", pack)] == [(15, "at_most")]
    assert [(f.value, f.qualifier) for f in find_figures(f"24+ {noun(pack)}", pack)] == [(24, "at_least")]


@pytest.mark.parametrize("code", CODES)
def test_of_a_part_and_a_whole_the_whole_is_counted(code: str) -> None:
    pack = PACKS[code]
    for ratio in pack.words("numbers", "ratio"):
        if ratio[0].isalpha():
            assert [f.value for f in find_figures(f"3 {ratio} 24 {noun(pack)}", pack)] == [24], ratio


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([20, 3], 23), ([2, 100, 35], 235), ([100, 20, 3], 123), ([2, 1000, 5, 100], 2500), ([60, 12], 72),
        ([80, 19], 99),         ([2, 12], 24), ([3, 4], None), ([20, 30], None), ([12, 100], None),
    ],
)  # fmt: skip
def test_combine(parts: list[float], value: float | None) -> None:
    assert combine([(p, False) for p in parts]) == value


def test_units_before_tens_need_a_joiner() -> None:
    assert combine([(3, False), (20, True)]) == 23
    assert combine([(3, False), (20, False)]) is None


@settings(max_examples=150, deadline=None)
@given(
    code=st.sampled_from(CODES),
    value=st.integers(2, 999),
    before=st.sampled_from(["", "\ufeff", "🎉 ", "q\r\n\r\n", "(", "„"]),
    after=st.sampled_from(["", "\r\n", " 🎉", ")", ", q"]),
)
def test_planted_figures_are_found_where_they_stand(code: str, value: int, before: str, after: str) -> None:
    pack = PACKS[code]
    planted = f"{value} {noun(pack)}"
    text = before + planted + after
    (figure,) = find_figures(text, pack)
    assert (text[figure.start : figure.end], figure.value) == (planted, value)
    assert text[slice(*figure.number)] == str(value)


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(st.sampled_from("0123456789.,-–/: ()\r\n€%+kmaму\ufeff🎉"), max_size=60), code=st.sampled_from(CODES)
)
def test_any_text_gives_numbers_in_order(text: str, code: str) -> None:
    atoms = find_numbers(text, PACKS[code])
    assert all(a.end <= b.start for a, b in pairwise(atoms))
    assert all(0 <= a.start < a.end <= len(text) for a in atoms)
    find_figures(text, PACKS[code])
