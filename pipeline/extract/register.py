"""Rows of the curated register as mentions and claims, each quoting its row of the CSV file by offset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.gazetteer import load
from pipeline.gazetteer.lookup import find_key, region_of
from pipeline.gazetteer.register_shape import CONFIDENCE, SHAPES, table_of
from pipeline.gazetteer.tables import fold, iso_country
from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote
from pipeline.text.cells import Cell, Row, read_cells
from schemas import codes, edtf

ZONE = RULE = "register"
_LINKED = ("partnership", "programme", "event")
_ATTRIBUTES = {
    "events": ("starts", "ends", "edition", "mode", "place", "country_code"),
    "partnerships": ("kind", "platform", "launched", "ended"),
    "organisations": ("kind", "country_code", "url"),
}


class Malformed(ValueError):
    """A row that says nothing that can be used; the message names the cell and what to do."""


@dataclass(slots=True)
class Thing:
    """What a cell names. `date` keeps apart events of one name; `cells` are the places that name it."""

    kind: str
    name: str
    cells: list[Cell]
    key: str | None = None
    acronym: str | None = None
    date: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    def entity(self) -> Entity:
        """The entity as every document's extraction writes it."""
        entry = load().entities.get((self.kind, self.key or ""))
        if entry is None:
            return Entity(self.kind, self.name, None, self.acronym, "en", self.attributes)
        known = {"kind": entry.subkind, "country": entry.country_code}
        return Entity(self.kind, entry.name, self.key, entry.acronym, None, {k: v for k, v in known.items() if v})


@dataclass(slots=True)
class Said:
    """A claim of a row; a Thing among its values stands for its entity. `quoted` columns have quotes of their own."""

    table: str
    values: dict[str, Any]
    quoted: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """All that one register file says, and (line, what is wrong) for the rows that could not be used."""

    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    _index: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def write(self, row: Row, said: list[Thing | Said]) -> None:
        """Take in what a row says."""
        confidence, source = CONFIDENCE[row["confidence"].value], row["source_url"].value
        for item in said:
            if isinstance(item, Thing):
                index = self.index(item)
                self.mentions += [Mention(index, c.start, c.end, ZONE, RULE, confidence) for c in item.cells]
            else:
                self.claims.append(self._claim(row, item, confidence, source))

    def index(self, thing: Thing) -> int:
        """The entity's number; made if new."""
        identity = (thing.kind, thing.key or f"\0{fold(thing.name)}", thing.date)
        if identity not in self._index:
            self._index[identity] = len(self.entities)
            self.entities.append(thing.entity())
        return self._index[identity]

    def _claim(self, row: Row, said: Said, confidence: float, source: str) -> Claim:
        values: dict[str, Any] = {k: self.index(v) if isinstance(v, Thing) else v for k, v in said.values.items()}
        if said.table == "attributes":
            quotes = [_quote(row, values["column"], values["value"])]
        else:
            quotes = [_quote(row), *(_quote(row, c, values[c]) for c in said.quoted if values.get(c))]
        return Claim(said.table, {**values, "source_url": source}, tuple(quotes), RULE, confidence)


def extract_register(document: Document) -> Extraction:
    """Mentions and claims of a CSV document; a file that is no table of the register says nothing."""
    book = read_register(document)
    return Extraction(document.document_id, "en", 1.0, None, book.entities, book.mentions, book.claims)


def register_problems(document: Document) -> list[str]:
    """One line for each row that cannot be used: file, line, and what to do."""
    found = sorted(read_register(document).problems)
    return [f"{document.path}, line {line}: {problem}" for line, problem in found]


def read_register(document: Document) -> Book:
    """All rows of a register file; a malformed one is listed and the others go on."""
    book = Book()
    if not document.path.startswith("register/"):
        return book
    name = table_of(document.path)
    if name is None:
        book.problems.append((1, f"not a table of the register: name the file {', '.join(SHAPES)} or remove it"))
        return book
    table = read_cells(document.text)
    book.problems += table.problems
    if missing := [c for c in SHAPES[name].required if c not in table.columns]:
        book.problems.append((1, f"no column {', '.join(missing)}: the first line must name it"))
        return book
    for row in table.rows:
        try:
            _check(row, name)
            book.write(row, list(_READ[name](row)))
        except Malformed as error:
            book.problems.append((row.line, str(error)))
    return book


def _check(row: Row, name: str) -> None:
    for column in SHAPES[name].required:
        if not row[column].value:
            raise Malformed(f"{column} is empty: fill it or remove the row")
    _code(row, "confidence", CONFIDENCE)
    if not row["source_url"].value.startswith(("http://", "https://")):
        raise Malformed("source_url is no address: write where the row was read, beginning with https://")


def _partnerships(row: Row) -> Iterator[Thing | Said]:
    partnership = _named(row, "partnership", "partnership")
    platform = _named(row, "platform", "partnership") if row["platform"].value else None
    entry = load().entities.get(("partnership", platform.key or "")) if platform else None
    theme = entry.platform if entry else None
    partnership.attributes = _known(kind=_code(row, "kind", codes.PARTNERSHIP_KIND), platform=theme)
    partnership.acronym = row["acronym"].value or None
    partnership.cells += [c for c in (row["acronym"], *_parts(row["aliases"])) if c.value]
    yield partnership
    dates = {column: _date(row, column) for column in ("launched", "ended")}
    yield from _attributes(row, "partnerships", partnership, platform=theme, **dates)
    if platform:
        yield platform
        yield Said("links", {"subject_id": partnership, "relation": "part_of", "object_id": platform})


def _organisations(row: Row) -> Iterator[Thing | Said]:
    organisation = _named(row, "organisation", "organisation")
    kind, country = _code(row, "kind", codes.ORGANISATION_KIND), _country(row)
    organisation.attributes = _known(kind=kind, country=country)
    organisation.acronym = row["acronym"].value or None
    organisation.cells += [row["acronym"]] if row["acronym"].value else []
    yield organisation
    yield from _attributes(row, "organisations", organisation, country_code=country, url=row["url"].value or None)


def _memberships(row: Row) -> Iterator[Thing | Said]:
    partnership, participant = _named(row, "partnership", "partnership"), _participant(row)
    yield partnership
    yield participant
    dates = {column: _date(row, column) for column in ("since", "until", "as_of")}
    values = {
        "partnership_id": partnership,
        "participant_id": participant,
        "role": _code(row, "role", codes.MEMBERSHIP_ROLE),
        "status": _code(row, "status", codes.MEMBERSHIP_STATUS),
        "role_text": row["role_text"].value or None,
        **dates,
    }
    yield Said("memberships", values, tuple(dates))


def _links(row: Row) -> Iterator[Thing | Said]:
    kinds = [_code(row, f"{side}_kind", _LINKED) for side in ("subject", "object")]
    subject, target = _named(row, "subject", kinds[0] or ""), _named(row, "object", kinds[1] or "")
    yield subject
    yield target
    relation = _code(row, "relation", codes.RELATION)
    yield Said("links", {"subject_id": subject, "relation": relation, "object_id": target})


def _events(row: Row) -> Iterator[Thing | Said]:
    event = _event(row)
    event.attributes = _known(kind=_code(row, "kind", codes.EVENT_KIND))
    yield event
    edition = row["edition"].value
    if edition and not (edition.isascii() and edition.isdigit() and int(edition) > 0):
        raise Malformed(f"edition {edition!r} is no number from 1: correct the cell or leave it empty")
    yield from _attributes(
        row,
        "events",
        event,
        starts=event.date,
        ends=_date(row, "ends"),
        edition=edition or None,
        mode=_code(row, "mode", codes.MODE),
        place=row["place"].value or None,
        country_code=_country(row),
    )


def _attendances(row: Row) -> Iterator[Thing | Said]:
    event, participant = _event(row), _participant(row)
    yield event
    yield participant
    yield Said("attributes", {"entity": event, "kind": "event", "column": "starts", "value": event.date})
    values = {
        "event_id": event,
        "participant_id": participant,
        "role": _code(row, "role", codes.ATTENDANCE_ROLE),
        "role_text": row["role_text"].value or None,
        "status": None,
    }
    yield Said("attendances", values)


def _figures(row: Row) -> Iterator[Thing | Said]:
    kind = _code(row, "subject_kind", codes.ENTITY_KIND) or ""
    subject = _named(row, "subject", kind)
    measure, value = row["measure"].value, row["value"].value
    if not measure.replace("_", "a").isalnum() or not measure.isascii() or measure != measure.lower():
        raise Malformed(f"measure {measure!r} is no code: write small letters and _")
    try:
        number = float(value)
    except ValueError:
        raise Malformed(f"value {value!r} is no number: write digits, with a point for decimals") from None
    yield subject
    values = {
        "subject_id": subject,
        "subject_text": None,
        "measure": measure,
        "value": number,
        "unit": row["unit"].value or None,
        "qualifier": _code(row, "qualifier", codes.QUALIFIER) or "exact",
        "as_of": _date(row, "as_of"),
    }
    yield Said("figures", values, ("as_of",))


_READ: dict[str, Callable[[Row], Iterator[Thing | Said]]] = {
    "partnerships": _partnerships,
    "organisations": _organisations,
    "memberships": _memberships,
    "links": _links,
    "events": _events,
    "attendances": _attendances,
    "figures": _figures,
}


def _named(row: Row, column: str, kind: str) -> Thing:
    """What a cell names: a thing of the gazetteer, else one known by this name alone."""
    cell = row[column]
    key = find_key(kind, cell.value, _country(row) if kind == "region" else None)
    if kind == "region" and key is None:
        raise Malformed(f"no region or more than one is called {cell.value!r}: give its nuts_code")
    return Thing(kind, cell.value, [cell], key)


def _participant(row: Row) -> Thing:
    kind = _code(row, "participant_kind", codes.PARTICIPANT_KIND) or ""
    code, country = row["nuts_code"].value, _country(row)
    if kind != "region" or not code:
        thing = _named(row, "participant", kind)
        thing.attributes = _known(country=country)
        return thing
    key = region_of(code)
    if key is None:
        raise Malformed(f"nuts_code {code!r} stands in no edition: correct it or leave it empty")
    if country and load().entities["region", key].country_code != country:
        raise Malformed(f"nuts_code {code!r} is not in {country}: correct one of the two")
    return Thing("region", row["participant"].value, [row["participant"]], key)


def _event(row: Row) -> Thing:
    return Thing("event", row["event"].value, [row["event"]], date=_date(row, "starts") or "")


def _attributes(row: Row, table: str, thing: Thing, **values: str | None) -> Iterator[Said]:
    """Claims about the columns of an entity, those that are empty left out."""
    values = {"kind": thing.attributes.get("kind"), **values}
    for column in _ATTRIBUTES[table]:
        if values.get(column):
            said = {"entity": thing, "kind": thing.kind, "column": column, "value": values[column]}
            yield Said("attributes", said)


def _quote(row: Row, column: str | None = None, value: str | None = None) -> Quote:
    return Quote(row.start, row.end, ZONE, column, value, bool(value and value.endswith("?")))


def _code(row: Row, column: str, allowed: Any) -> str | None:
    value = row[column].value
    if value and value not in allowed:
        raise Malformed(f"{column} {value!r} is not one of {', '.join(allowed)}: correct the cell")
    return value or None


def _date(row: Row, column: str) -> str | None:
    value = row[column].value or None
    try:
        edtf.bounds(value)
    except ValueError:
        raise Malformed(f"{column} {value!r} is no date: write 2018, 2018-03 or 2018-03-08") from None
    return value


def _country(row: Row) -> str | None:
    value = row["country"].value
    if value and not (len(value) == 2 and value.isascii() and value.isupper()):
        raise Malformed(f"country {value!r} is no code of two capitals: correct the cell")
    return iso_country(value) or None


def _known(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _parts(cell: Cell) -> Iterator[Cell]:
    """The names in a cell that separates them by semicolons, each at its own place."""
    position = cell.start
    if '"' in cell.value:
        return
    for part in cell.value.split(";"):
        start = position + len(part) - len(part.lstrip())
        yield Cell(part.strip(), start, start + len(part.strip()))
        position += len(part) + 1
