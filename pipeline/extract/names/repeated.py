"""What one place of a document explains of a name holds for the name in all of it."""

from __future__ import annotations

from pipeline.extract.cast import Cast, folded, is_acronym
from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.groups import chains


def repeat_kinds(page: Page, out: list[Reading]) -> None:
    """What one place of the document explains holds in all: a run typed once is typed everywhere, acronyms
    stand for their names."""
    known: dict[str, tuple[Name, str]] = {}
    for reading in out:
        for name in reading.names:
            if name.kind in ("", "town"):
                continue
            text = _text(page, reading.part, name)
            if name.rule != "known":
                keep = known.get(folded(text))
                if keep is None or keep[0].confidence < name.confidence:
                    known[folded(text)] = name, text
            if "acronym" in name.notes:
                known[folded(name.notes["acronym"])] = name, text
    for reading in out:
        for name in reading.names:
            model, whole = known.get(folded(_text(page, reading.part, name)), (None, ""))
            if (
                model is None
                or model is name
                or (name.rule == "known" and name.kind == model.kind and name.key == model.key)
            ):
                continue
            if (
                name.kind == ""
                or (name.rule != "known" and name.confidence < model.confidence)
                or (name.rule == "known" and is_acronym(_text(page, reading.part, name)) and "acronym" in model.notes)
            ):
                name.kind, name.key, name.subkind, name.readings = model.kind, model.key, model.subkind, model.readings
                name.base = model.base or (whole if "acronym" in model.notes else None)
                name.rule, name.confidence = "repeated", min(model.confidence, 0.75)
        regroup(reading)


def repeat_countries(page: Page, out: list[Reading]) -> None:
    """What a bracket says once of a name (Limburg (NL)) holds for the name in the whole document."""
    told: dict[str, str] = {}
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and name.country:
                told.setdefault(folded(_text(page, reading.part, name)), name.country)
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and not name.country:
                name.country = told.get(folded(_text(page, reading.part, name)))


def regroup(reading: Reading) -> None:
    """Build the groups anew after names were typed."""
    reading.groups = []
    for a, b in reading.part.sentences:
        reading.groups += chains(reading.part, reading.names, reading.brackets, a, b)


def record_acronym(cast: Cast, part: Part, name: Name) -> None:
    """Record the acronym that a bracket defines, and that it stands for this entity."""
    text = name.notes["acronym"]
    entity = cast.entities[name.entity]
    if entity.acronym is None:
        entity.acronym = text
    cast.aliases[folded(text)] = name.entity


def _text(page: Page, part: Part, name: Name) -> str:
    return page.text[part.tokens[name.first].start : part.tokens[name.last].end]
