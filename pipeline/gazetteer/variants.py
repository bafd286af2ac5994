"""Further spellings of names, made by rule: what keyboards, headlines and house styles do to a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from pipeline.gazetteer.entry import Name
from pipeline.gazetteer.namelist import NameList
from pipeline.gazetteer.tables import fold, plain

PLACES = ("region", "town")
SHORTEST = 4
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# Comma below to cedilla, which Romanian texts use as often.
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
# The article that begins Maltese and Irish names of countries and regions.
MALTESE_ARTICLE = re.compile(r"^(?:[IiLl]|[Ii][lċdnrstxżz])[-‑] ?")
IRISH_ARTICLE = re.compile(r"^(?:[Aa]n t-?(?=[SAEIOUÁÉÍÓÚ])|[Aa]n |[Nn]a h(?=[AEIOUÁÉÍÓÚ])|[Nn]a )")
BRITISH = (("isation", "ization"), ("Programme", "Program"), ("Centre", "Center"), ("Defence", "Defense"))


def add_variants(names: NameList) -> None:
    """Add further spellings of the names so far, except where another thing of the kind has that name already."""
    base = names.items()
    taken = {(name.kind, fold(name.name)) for name in base}
    for name in base:
        for spelling, language in _spellings(name):
            if len(spelling) >= SHORTEST and (name.kind, fold(spelling)) not in taken:
                kind = "former" if name.name_kind == "former" else "variant"
                names.add(spelling, name.kind, name.key, _languages(name, language), kind, name.rank)


def _languages(name: Name, language: str) -> str:
    return f"{name.languages} {language}" if name.languages else ""


def _spellings(name: Name) -> Iterator[tuple[str, str]]:
    """(other spelling, further language in which it is used) of one name."""
    if name.name_kind in ("acronym", "inflected"):
        return
    for rule in RULES:
        yield from rule(name)


def _parts(name: Name) -> Iterator[tuple[str, str]]:
    """Either part of an official name in two languages; a name without the country in brackets."""
    if name.kind == "region" and name.name_kind == "official":
        yield from ((part.strip(), "") for part in name.name.split("/") if "/" in name.name)
        yield re.sub(r"\s*\([^)]*\)$", "", name.name), ""


def _ascii(name: Name) -> Iterator[tuple[str, str]]:
    """Native and English names of places without their accents."""
    native = name.name_kind in ("official", "short") or not name.languages
    if name.kind in PLACES and name.name[0] < "\u0370" and (native or "en" in name.languages.split()):
        yield plain(name.name), "en"


def _umlauts(name: Name) -> Iterator[tuple[str, str]]:
    """German names with `ae`, `oe`, `ue`."""
    if name.kind in PLACES and "de" in name.languages.split():
        yield name.name.translate(UMLAUTS), "en"


def _unquoted(name: Name) -> Iterator[tuple[str, str]]:
    """Names without quotation marks: `„Хоризонт Европа“`."""
    yield re.sub('[„“”«»"]', "", name.name), ""


def _cedillas(name: Name) -> Iterator[tuple[str, str]]:
    if "ro" in name.languages.split():
        yield name.name.translate(CEDILLAS), ""


def _unaccented_greek(name: Name) -> Iterator[tuple[str, str]]:
    """Greek capitals have no accents: `ΚΡΗΤΗ`."""
    if name.kind in PLACES and name.languages == "el":
        spread = unicodedata.normalize("NFD", name.name)
        yield unicodedata.normalize("NFC", spread.replace("\u0301", "")), ""


def _without_article(name: Name) -> Iterator[tuple[str, str]]:
    """Maltese and Irish names without their article, as they stand after prepositions."""
    if name.kind in PLACES and name.languages == "mt":
        yield MALTESE_ARTICLE.sub("", name.name), ""
    if name.kind in PLACES and name.languages == "ga":
        yield IRISH_ARTICLE.sub("", name.name), ""


def _english(name: Name) -> Iterator[tuple[str, str]]:
    """`&` for `and` and back, American for British spelling, in names of bodies, programmes and partnerships."""
    if name.kind in PLACES or (name.languages and "en" not in name.languages.split()):
        return
    spellings = [name.name.replace(" & ", " and "), name.name.replace(" and ", " & ")]
    american = name.name
    for old, new in BRITISH:
        american = american.replace(old, new)
    yield from ((spelling, "") for spelling in [*spellings, american])


RULES: tuple[Callable[[Name], Iterator[tuple[str, str]]], ...] = (
    _parts,
    _ascii,
    _umlauts,
    _unquoted,
    _cedillas,
    _unaccented_greek,
    _without_article,
    _english,
)
