"""Numbers in text, in figures and words, with what qualifies them and their unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.extract.numbers.words import NumberWords, combine, number_words
from pipeline.extract.words.pieces import DASHES, JOINTS, Pieces, cut, is_digits
from pipeline.languages import Pack

Qualifier = Literal["exact", "at_least", "at_most", "approximate"]
Unit = Literal["eur", "percent"]

_SPACES = frozenset(" \u00a0\u202f\u2009")
_SIGNS: dict[str, Qualifier] = {
    "≥": "at_least",
    ">": "at_least",
    "≤": "at_most",
    "<": "at_most",
    "~": "approximate",
    "≈": "approximate",
}
_NO_NUMBER_BEFORE = frozenset("№#§@\\_=:/")


@dataclass(frozen=True, slots=True)
class NumberAtom:
    """A number at `text[start:end]`, scale and unit included. `part` marks the 1 of "1 of 5"; `words` a number word;
    `said_from` is where the word that qualifies it begins."""

    start: int
    end: int
    value: float
    qualifier: Qualifier = "exact"
    unit: Unit | None = None
    ordinal: bool = False
    part: bool = False
    words: bool = False
    said_from: int | None = None


@dataclass(slots=True)
class _Read:
    first: int
    after: int
    value: float
    ordinal: bool = False
    words: bool = False


def find_numbers(text: str, pack: Pack, start: int = 0, end: int | None = None) -> list[NumberAtom]:
    """The numbers in `text[start:end]` in order; offsets count from the beginning of `text`.

    Dates and times are numbers too here: whoever counts things leaves out what `find_dates` and `find_times` cover.
    """
    pieces = cut(text, start, end)
    words = number_words(pack)
    finder = _Finder(pieces, words, text)
    found: list[tuple[_Read, NumberAtom]] = []
    after = 0
    for i in pieces.places(words.may_begin):
        read = finder.number(i) if i >= after else None
        if read is not None:
            atom, after = finder.atom(read)
            found.append((read, atom))
    return finder.related(found)


class _Finder:
    def __init__(self, pieces: Pieces, words: NumberWords, text: str) -> None:
        self.pieces = pieces
        self.text, self.glued, self.near = pieces.text, pieces.is_glued, pieces.is_near
        self.words = words
        self.source = text
        self.size = len(pieces)

    def digits(self, i: int) -> bool:
        return i < self.size and is_digits(self.pieces.texts[i])

    def number(self, i: int) -> _Read | None:
        """The number that begins at piece `i`."""
        kind = self.pieces[i].kind
        if kind == "digits":
            return self.figures(i) if self.may_begin(i) else None
        return self.in_words(i) if kind == "word" else None

    def may_begin(self, i: int) -> bool:
        """Whether figures at piece `i` are no part of a name, code, fraction or longer figure."""
        if i == 0:
            return True
        if self.words.labels.before(self.pieces, i) is not None:
            return False
        if not self.pieces[i].glued:
            return self.text(i - 1) not in ("№", "#", "§")
        before = self.pieces[i - 1]
        if before.kind != "mark" or before.text in _NO_NUMBER_BEFORE:
            return False
        if i < 2 or not before.glued:
            return before.text != "+"
        outer = self.pieces[i - 2]
        if before.text in JOINTS and outer.kind == "word":
            return len(outer.text) <= 4 and not outer.text.isupper()
        return outer.kind == "mark" or before.text in DASHES or before.text in "([{€$£"

    def figures(self, i: int) -> _Read | None:
        """Figures with thousands and decimals as the pack writes them, and an ordinal's ending."""
        whole, k = self.pieces[i].text, i + 1
        while self.digits(k) and len(self.text(k)) == 3 and len(whole) <= 9 and len(self.pieces[i].text) <= 3:
            if self.pieces[k].glued or self.source[self.pieces[k - 1].end : self.pieces[k].start] not in _SPACES:
                break
            whole, k = whole + self.text(k), k + 1
        while len(self.pieces[i].text) <= 3 and self.grouped(k):
            whole, k = whole + self.text(k + 1), k + 2
        fraction = ""
        if self.text(k) in (".", ",") and self.glued(k) and self.digits(k + 1) and self.glued(k + 1):
            fraction, k = self.text(k + 1), k + 2
            if self.text(k) in (".", ",", ":", "/") and self.glued(k) and self.digits(k + 1) and self.glued(k + 1):
                return None
        elif self.text(k) in (":", "/") and self.glued(k) and self.digits(k + 1) and self.glued(k + 1):
            return None
        value = float(f"{whole}.{fraction}") if fraction else float(whole)
        return self.ending(_Read(i, k, value))

    def grouped(self, k: int) -> bool:
        """Whether the mark at piece `k` and the figures after it are another group of thousands."""
        mark = self.text(k)
        if mark not in (".", ",", "'", "’") or not (self.glued(k) and self.glued(k + 1) and self.digits(k + 1)):
            return False
        group = self.text(k + 1)
        if len(group) != 3:
            return False
        return mark != self.words.decimal or (group == "000" and mark not in self.words.thousands)

    def ending(self, read: _Read) -> _Read | None:
        """The figures with what is glued to them; None where that makes them part of a name or code."""
        k = read.after
        if not self.glued(k):
            return read
        if self.pieces[k].kind == "word":
            ending = self.words.ordinal_endings.match(self.pieces, k)
            if ending is not None and not self.glued(ending[1]):
                return _Read(read.first, ending[1], read.value, ordinal=True)
            known = self.words.scales.match(self.pieces, k) or self.words.euro.match(self.pieces, k)
            return read if known else None
        if self.text(k) == "." and self.words.dotted_ordinals and self.near(k + 1) and not self.glued(k + 1):
            following = self.pieces[k + 1]
            if following.kind == "word" and (following.text.islower() or read.value <= 31):
                return _Read(read.first, k + 1, read.value, ordinal=True)
        if self.text(k) in JOINTS and self.glued(k + 1):
            ending = self.words.ordinal_endings.match(self.pieces, k + 1)
            if ending is not None and not self.glued(ending[1]):
                return _Read(read.first, ending[1], read.value, ordinal=True)
        return read

    def in_words(self, i: int) -> _Read | None:
        """A number in words, several of them put together as far as they make one number."""
        parts: list[tuple[float, bool]] = []
        k, joined, after, value = i, False, i, 0.0
        ordinal = self.words.ordinals.match(self.pieces, i)
        while k < self.size and len(parts) < 8 and (k == i or not self.pieces[k].far):
            one = self.one_word(k, bool(parts))
            if one is None:
                break
            parts.append((one[0], joined))
            sum_ = combine(parts)
            if sum_ is None:
                break
            value, after = sum_, one[1]
            k, joined = after, False
            if self.text(k) in DASHES and self.glued(k) and self.glued(k + 1):
                k += 1
            joiner = self.words.joiners.match(self.pieces, k) if self.near(k) else None
            if joiner is None and value >= 100 and self.near(k):
                joiner = self.words.joint.match(self.pieces, k)
            if joiner is not None and self.one_word(joiner[1], True) is not None:
                k, joined = joiner[1], True
        if ordinal is not None and ordinal[1] > after:
            return _Read(i, ordinal[1], ordinal[0], ordinal=True, words=True)
        if after == i or (value == 1 and self.words.articles.match(self.pieces, i)):
            return None
        return _Read(i, after, value, words=True)

    def one_word(self, i: int, inside: bool) -> tuple[float, int] | None:
        """The value of the number word at piece `i`; scales count only inside a number."""
        if i >= self.size or self.pieces[i].kind != "word":
            return None
        found = self.words.cardinals.match(self.pieces, i)
        if found is None:
            value = self.words.compound(self.pieces[i].key)
            found = None if value is None else (value, i + 1)
        if found is None and inside and len(self.text(i)) > 2:
            found = self.words.scales.match(self.pieces, i)
        return found

    # What stands around a number

    def atom(self, read: _Read) -> tuple[NumberAtom, int]:
        """The atom of a number with scale, unit and qualifier, and the piece after it."""
        first, k, value = read.first, read.after, read.value
        lead = self.euro_before(first)
        unit: Unit | None = "eur" if lead < first else None
        if not read.ordinal:
            k, value, unit = self.scale_and_unit(k, value, unit)
        qualifier, said_from = self.qualifier(first if unit != "eur" else lead)
        if self.text(k) == "+" and self.glued(k) and not (self.glued(k + 1) and self.digits(k + 1)):
            k, qualifier = k + 1, "at_least"
        begin = lead if unit == "eur" else first
        span = self.pieces[begin].start, self.pieces[k - 1].end
        return NumberAtom(*span, value, qualifier, unit, read.ordinal, words=read.words, said_from=said_from), k

    def euro_before(self, i: int) -> int:
        """The first piece of a sign or word for euro right before piece `i`, else `i`."""
        found = self.words.euro.before(self.pieces, i) if i and not self.pieces[i].far else None
        return found[1] if found and not self.number_at(found[1] - 1) else i

    def number_at(self, i: int) -> bool:
        """Whether the piece ends a number of its own: 2.2 million euros three years."""
        return i >= 0 and (self.digits(i) or self.words.scales.match(self.pieces, i) is not None)

    def scale_and_unit(self, k: int, value: float, unit: Unit | None) -> tuple[int, float, Unit | None]:
        scale = self.words.scales.match(self.pieces, k) if self.near(k) else None
        if scale is not None:
            after = scale[1]
            short = len(self.text(k)) == 1
            euro = self.euro_after(after, True)
            if euro is not None:
                return euro, _times(value, scale[0]), "eur"
            if not short or unit == "eur":
                return after, _times(value, scale[0]), unit
        euro = self.euro_after(k, False)
        if euro is not None:
            return euro, value, "eur"
        if self.near(k) and (self.text(k) == "%" or self.words.percent.match(self.pieces, k)):
            found = self.words.percent.match(self.pieces, k)
            return found[1] if found else k + 1, value, "percent"
        return k, value, unit

    def euro_after(self, k: int, scaled: bool) -> int | None:
        """The piece after a word for euro at `k`; a short word may part it from a scale (`millones de euros`)."""
        for _ in range(3):
            if not self.near(k):
                return None
            found = self.words.euro.match(self.pieces, k)
            if found is not None:
                return found[1]
            small = self.pieces[k].kind == "word" and len(self.text(k)) <= 3 and self.text(k).islower()
            if not (scaled and (small or self.text(k) in JOINTS)):
                return None
            k += 1
        return None

    def qualifier(self, i: int) -> tuple[Qualifier, int | None]:
        """What the words or the sign before piece `i` say of the number, and where they begin; an article may stand
        between."""
        for _ in range(2):
            if i == 0 or self.pieces[i].far:
                break
            sign = _SIGNS.get(self.text(i - 1))
            if sign is not None:
                return sign, self.pieces[i - 1].start
            found = self.words.qualifiers.before(self.pieces, i)
            if found is not None:
                return found[0], self.pieces[found[1]].start  # type: ignore[return-value]
            article = self.words.articles.before(self.pieces, i)
            i = article[1] if article else (i - 1 if self.text(i - 1) == "(" else 0)
        return "exact", None

    def related(self, found: list[tuple[_Read, NumberAtom]]) -> list[NumberAtom]:
        """The atoms, with ends of ranges ("12–15", "two or three") qualified and parts of a whole ("3 of 5") marked."""
        atoms = [atom for _, atom in found]
        for n, ((low, a), (high, b)) in enumerate(pairwise(found)):
            k = next((p for p in range(low.after, high.first + 1) if self.pieces[p].start >= a.end), high.first)
            if a.ordinal or b.ordinal or a.value >= b.value or k >= high.first or self.pieces[k].far:
                continue
            ratio = self.words.ratio.match(self.pieces, k)
            if ratio is not None and self.skip_articles(ratio[1]) == high.first:
                atoms[n] = replace(atoms[n], part=True)
                continue
            dash = self.text(k) in DASHES and k + 1 == high.first
            word = self.words.range.match(self.pieces, k)
            joint = self.words.joint.match(self.pieces, k)
            if joint is not None and word is not None and self.words.between.before(self.pieces, low.first) is None:
                word = None
            if joint is not None and joint[1] == high.first and b.value == a.value + 1 and word is None:
                atoms[n], atoms[n + 1] = replace(a, qualifier="approximate"), replace(b, qualifier="approximate")
            if dash or (word is not None and word[1] == high.first):
                atoms[n] = replace(atoms[n], qualifier="at_least", unit=atoms[n].unit or b.unit)
                atoms[n + 1] = replace(atoms[n + 1], qualifier="at_most")
        return atoms

    def skip_articles(self, i: int) -> int:
        for _ in range(3):
            found = self.words.articles.match(self.pieces, i) or self.words.all.match(self.pieces, i)
            if found is None:
                return i
            i = found[1]
        return i


def _times(value: float, scale: float) -> float:
    """4.1 million is 4 100 000, not a hair less."""
    return round(value * scale, 2)
