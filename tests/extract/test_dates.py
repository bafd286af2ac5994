"""Dates: every form of every pack, planted in noise; what is no date; years filled in from elsewhere."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cast import Cast
from pipeline.extract.dates.atom import (
    DateAtom,
    nearest_year,
    resolve_relative,
    resolve_year,
)
from pipeline.extract.dates.days import find_days
from pipeline.extract.dates.find import find_dates
from pipeline.extract.dates.words import _forms
from pipeline.extract.page import read_page
from pipeline.extract.read import readings
from pipeline.languages import Pack, load_packs
from pipeline.model import Document

PACKS = load_packs()
CODES = sorted(PACKS)
NOISE = ["", "\r\n\r\n", "\ufeff", "🎉 ", "Ω≈ – ", "«", "x. ", "a\tb; "]


def title(pack: Pack, form: str) -> str:
    return form.title() if pack.get("dates", "capital_months") else form


def only(text: str, pack: Pack) -> DateAtom:
    atoms = find_dates(text, pack)
    assert len(atoms) == 1, (text, atoms)
    return atoms[0]


def months(pack: Pack) -> list[tuple[int, str]]:
    """Every form of every month; a form that two months share would be no form of either."""
    return [
        (n, title(pack, f))
        for n, entry in enumerate(pack.words("dates", "months"), 1)
        for f in _forms(entry)
        if "*" not in f
    ]


def march(pack: Pack) -> str:
    return next(form for n, form in months(pack) if n == 3)


@pytest.mark.parametrize("code", CODES)
def test_twelve_months_and_seven_days_that_do_not_overlap(code: str) -> None:
    forms = [f for _, f in months(PACKS[code])]
    assert len(PACKS[code].words("dates", "months")) == 12
    assert len(PACKS[code].words("dates", "weekdays")) == 7
    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize("code", CODES)
def test_month_forms(code: str) -> None:
    seasons = {f for entry in PACKS[code].words("dates", "seasons") for f in _forms(entry)}
    for n, form in months(PACKS[code]):
        if form in seasons:
            continue
        for text, want in (
            (f"8 {form} 2018", f"2018-{n:02d}-08"),
            (f"8. {form} 2018", f"2018-{n:02d}-08"),
            (f"8. {form}", f"XXXX-{n:02d}-08"),
            (f"{form} 2018", f"2018-{n:02d}"),
        ):
            atom = only(f"({text})", PACKS[code])
            assert (atom.starts, text.startswith(f"({text})"[atom.start : atom.end].rstrip(".") or "?")) == (
                want,
                True,
            ), text


@pytest.mark.parametrize("code", CODES)
def test_year_first(code: str) -> None:
    pack = PACKS[code]
    if pack.text("dates", "order") != "ymd":
        pytest.skip("the language writes the year last")
    for n, form in months(pack):
        for ending in pack.words("dates", "year_endings")[:4] or ["."]:
            glue = "" if ending.startswith(("-", ".")) else " "
            assert only(f"2018{glue}{ending} {form}", pack).starts == f"2018-{n:02d}"


@pytest.mark.parametrize("code", CODES)
def test_ranges(code: str) -> None:
    pack = PACKS[code]
    form = march(pack)
    words = [
        "–",
        "-",
        " – ",
        " - ",
        *(
            f" {w} "
            for w in pack.words("dates", "range")
            if w[0].isalpha() and w not in pack.words("dates", "day_endings")
        ),
    ]
    for word in words:
        atom = only(f"8{word}9 {form} 2018", pack)
        assert (atom.kind, atom.starts, atom.ends) == ("range", "2018-03-08", "2018-03-09"), word
    for text, low, high in (
        (f"8.–12. {form} 2018", "2018-03-08", "2018-03-12"),
        ("2016–2019", "2016", "2019"),
        ("(2014-2020)", "2014", "2020"),
        ("01.02.2020-31.01.2023", "2020-02-01", "2023-01-31"),
        ("8.–9. 3. 2018", "2018-03-08", "2018-03-09"),
        ("23.–24. 3.", "XXXX-03-23", "XXXX-03-24"),
        ("28.12.2018 – 3.1.2019", "2018-12-28", "2019-01-03"),
        ("1.1.–31.12.2020", "2020-01-01", "2020-12-31"),
        ("1. 9. 2023. – 28. 2. 2026.", "2023-09-01", "2026-02-28"),
    ):
        atom = only(text, pack)
        assert (atom.kind, atom.starts, atom.ends) == ("range", low, high), text


@pytest.mark.parametrize("code", CODES)
def test_seasons_quarters_halves(code: str) -> None:
    pack = PACKS[code]
    for key, first, words in (("seasons", 21, True), ("quarters", 33, False), ("halves", 40, False)):
        for n, entry in enumerate(pack.words("dates", key)):
            for form in _forms(entry, words):
                if "*" not in form:
                    assert only(f"{form} 2021", pack).starts == f"2021-{first + n}", form


@pytest.mark.parametrize("code", CODES)
def test_weekdays(code: str) -> None:
    pack = PACKS[code]
    form = march(pack)
    for n, entry in enumerate(pack.words("dates", "weekdays")):
        for day in _forms(entry):
            if "*" not in day:
                assert only(f"{day}, 8. {form} 2018", pack).weekday == n, day


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("8.3.2018", "2018-03-08"),
        ("08/03/2018", "2018-03-08"),
        ("8-3-2018", "2018-03-08"),
        ("7. 3. 2018", "2018-03-07"),
        ("12.04.18", "2018-04-12"),
        ("2018-03-08", "2018-03-08"),
        ("2018.03.08.", "2018-03-08"),
        ("2018-03", "2018-03"),
        ("11/2018", "2018-11"),
        ("12 IV 2018", "2018-04-12"),
        ("3/25/2018", "2018-03-25"),
    ],
)
def test_figures_alone(code: str, text: str, want: str) -> None:
    assert only(f"({text})", PACKS[code]).starts == want


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "text",
    [
        "Xorizon 2020",
        "ISO 9001",
        "1.2.3.2018",
        "32.13.2018",
        "https://example.eu/2017/03/08/a",
        "report-2017.pdf",
        "2018/1999",
        "№ 2018",
        "2000 €",
        "+32 2 298 2018",
        "COVID-2019",
        "a2018b",
        "name2018@example.eu",
        "3.14",
        "1:25",
    ],
)
def test_no_dates(code: str, text: str) -> None:
    assert find_dates(f"Qwr zxc {text} qqq", PACKS[code]) == []


@pytest.mark.parametrize("code", CODES)
def test_counted_things_are_no_years(code: str) -> None:
    nouns = PACKS[code].words("measures", "participants")
    assert [n for n in nouns if "*" not in n and find_dates(f"qwr 2000 {n}", PACKS[code])] == []


@settings(max_examples=150, deadline=None)
@given(
    code=st.sampled_from(CODES),
    day=st.dates(datetime.date(1990, 1, 1), datetime.date(2049, 12, 31)),
    shape=st.sampled_from(
        ["{d}.{m}.{y}", "{d:02d}/{m:02d}/{y}", "{y}-{m:02d}-{d:02d}", "{d}. {m}. {y}", "{d} {name} {y}"]
    ),
    before=st.lists(st.sampled_from(NOISE), max_size=4).map("".join),
    after=st.lists(st.sampled_from(["", ".", "\r\n", " 🎉", ") ", ", "]), max_size=3).map("".join),
)
def test_planted_dates_are_found_where_they_stand(
    code: str, day: datetime.date, shape: str, before: str, after: str
) -> None:
    pack = PACKS[code]
    name = next(form for n, form in months(pack) if n == day.month)
    planted = shape.format(d=day.day, m=day.month, y=day.year, name=name)
    text = before + planted + after
    atom = only(text, pack)
    assert atom.starts == day.isoformat()
    assert text[atom.start : atom.end].rstrip(".") == planted
    assert find_dates("q" * 7 + " " + text, pack, 8) == [
        DateAtom(**{**{f: getattr(atom, f) for f in atom.__slots__}, "start": atom.start + 8, "end": atom.end + 8})
    ]


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(st.sampled_from("0123456789.-–/: ,()\r\nIV€%aму\ufeff🎉"), max_size=60), code=st.sampled_from(CODES)
)
def test_any_text_gives_atoms_in_order(text: str, code: str) -> None:
    atoms = find_dates(text, PACKS[code])
    assert all(a.end <= b.start for a, b in pairwise(atoms))
    assert all(0 <= a.start < a.end <= len(text) for a in atoms)


def test_relation_and_weekday() -> None:
    for code, pack in PACKS.items():
        vague = {*pack.words("grammar", "place_prepositions"), *pack.words("dates", "inner")}
        clear = [w for w in pack.words("dates", "since") if w not in vague and w not in pack.words("dates", "until")]
        assert not clear or any(only(f"{w} 2018", pack).relation == "since" for w in clear), code


def test_resolve_year_by_weekday() -> None:
    (atom,) = find_dates("23.1.", next(iter(PACKS.values()))) or [DateAtom(0, 5, "XXXX-01-23", has_year=False)]
    wednesday = DateAtom(0, 5, "XXXX-01-23", None, 2, has_year=False)
    found = resolve_year(wednesday, [2018, 2019, 2020])
    assert found is not None and (found.starts, found.inferred, found.has_year) == ("2019-01-23?", True, True)
    assert resolve_year(wednesday, [2018, 2020]) is None
    assert resolve_year(atom, [2018, 2019]) is None


def test_resolve_year_without_weekday_needs_one_candidate() -> None:
    atom = DateAtom(0, 5, "XXXX-12-30", "XXXX-01-02", kind="range", has_year=False)
    found = resolve_year(atom, [2018, 2018])
    assert found is not None and (found.starts, found.ends) == ("2018-12-30?", "2019-01-02?")
    assert resolve_year(DateAtom(0, 5, "XXXX-02-29", has_year=False), [2019]) is None


def test_resolve_relative() -> None:
    atom = DateAtom(0, 5, "XXXX-02", has_year=False, relative="last_year", precision="month")
    found = resolve_relative(atom, 2023)
    assert found is not None and found.starts == "2022-02?"


def test_nearest_year() -> None:
    january, june = (DateAtom(0, 9, f"XXXX-{m}-04") for m in ("01", "06"))
    assert nearest_year(january, "2020-12-02") == 2021
    assert nearest_year(june, "2020-12-02") == 2020
    assert nearest_year(june, "2020") == 2020


@pytest.mark.parametrize(
    ("code", "text", "want"),
    [
        ("en", "In October the partners met; March calls are open. You may join.", ["October"]),
        ("fi", "Verkosto kokoontui lokakuussa. Lokakuu oli sateinen.", ["lokakuussa"]),
        ("de", "Im Mai tagte das Netzwerk.", ["Mai"]),
        ("ro", "Din grup mai fac parte Creta și Friesland; în mai se vor întâlni.", ["mai"]),
        ("es", "En marzo, en Sant Jordi en mar abierto.", ["marzo"]),
    ],
)
def test_a_month_by_itself_says_when_something_was(code: str, text: str, want: list[str]) -> None:
    atoms = find_dates(text, PACKS[code])
    assert [text[a.start : a.end] for a in atoms] == want
    assert all(a.precision == "month" and not a.has_year for a in atoms)


WRITTEN = datetime.date(2024, 3, 7)


@pytest.mark.parametrize("code", CODES)
def test_days_told_from_the_day_of_writing(code: str) -> None:
    told = dict(entry.rsplit("=", 1) for entry in PACKS[code].words("dates", "today"))
    assert {"-1", "1"} <= set(told.values()) or code in ("de", "nl", "es")
    for word, distance in told.items():
        text = f"Abc {word} 🎉 xyz 12 Km"
        (atom,) = find_days(text, PACKS[code], 0, len(text), WRITTEN, [])
        assert text[atom.start : atom.end] == word
        assert atom.starts == f"{WRITTEN + datetime.timedelta(int(distance))}?" and atom.inferred


def test_a_weekday_is_the_last_one_unless_a_date_stands_beside_it() -> None:
    text = "They met on Tuesday in Riga, and on Friday, 1 March 2024. On Mon. nobody came."
    held = find_dates(text, PACKS["en"])
    assert [a.starts for a in find_days(text, PACKS["en"], 0, len(text), WRITTEN, held)] == ["2024-03-05?"]
    text = "On Thursday"
    assert [a.starts for a in find_days(text, PACKS["en"], 0, len(text), WRITTEN, [])] == ["2024-03-07?"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Milan, 19 December 2018\n\nThe plenary met yesterday.", datetime.date(2018, 12, 18)),
        ("News\n\nMarseille, 6/10/2023. The committee met yesterday.", datetime.date(2023, 10, 5)),
        ("The network was founded on 5 May 2021 in Riga. The plenary met yesterday.", None),
    ],
)
def test_a_line_says_when_it_was_written(text: str, want: datetime.date | None) -> None:
    page = read_page(Document("d", "d.txt", "", "text/plain", text, ""))
    days = [a.starts for r in readings(page, Cast(page)) for a in r.dates if "yesterday" in text[a.start : a.end]]
    assert days == ([f"{want}?"] if want else [])
