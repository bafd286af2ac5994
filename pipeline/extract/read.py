"""All that a document names and counts before statements are read, pass by pass."""

from __future__ import annotations

from pipeline.extract.cast import Cast
from pipeline.extract.dates.find import find_dates
from pipeline.extract.dates.unsaid import add_days, fill_years
from pipeline.extract.kinds.entries import name_entries
from pipeline.extract.kinds.openings import drop_plain_headings, name_openings
from pipeline.extract.kinds.project_lists import name_project_lists
from pipeline.extract.kinds.sequels import type_by_sequel
from pipeline.extract.kinds.sheets import name_sheets
from pipeline.extract.kinds.titles import name_title
from pipeline.extract.kinds.typing import type_by_bracket, type_by_frame, type_by_label, type_by_sheet
from pipeline.extract.kinds.weighed import type_by_weight
from pipeline.extract.names.brackets import brackets, read_brackets
from pipeline.extract.names.part import names
from pipeline.extract.names.people import leave_people
from pipeline.extract.names.places import countries_spoken_of, label_country, place_towns, settle_regions, settle_towns
from pipeline.extract.names.platforms import name_platforms
from pipeline.extract.names.repeated import record_acronym, repeat_countries, repeat_kinds
from pipeline.extract.names.short import short_names
from pipeline.extract.names.speaker import name_speaker
from pipeline.extract.names.variants import unite_variants
from pipeline.extract.names.wholes import whole_names
from pipeline.extract.numbers.figures import find_figures
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.relations.announced import note_announcements
from pipeline.extract.relations.groups import chains
from pipeline.extract.relations.tables import type_cells
from pipeline.languages import load_packs


def readings(page: Page, cast: Cast) -> list[Reading]:
    """Read the names of all parts, let the document's own definitions and repetitions type what is unknown,
    and cast them."""
    out = [Reading(part, names(page, part), lexicon=page.lexicon) for part in page.parts]
    leave_people(page, out)
    whole_names(page, out)
    for reading in out:
        reading.brackets = brackets(reading.part, reading.names)
        used = read_brackets(reading.part, reading.names, reading.brackets)
        reading.names = [n for n in reading.names if not any(n is u for u in used) or n.notes.get("keep")]
        place_towns(reading)
    for reading in out:
        type_by_label(reading.part, reading.names)
        type_by_bracket(reading.part, reading.names, reading.brackets)
    type_by_weight(page, out)
    drop_plain_headings(out)
    name_sheets(out)
    for reading in out:
        type_by_frame(reading.part, reading.names)
    for reading in out:
        if reading.part.block.kind == "row":
            reading.names = type_cells(reading.part, reading.names, out[reading.part.block.header].part)
    type_by_sheet([(r.part, r.names) for r in out])
    note_announcements(out)
    name_openings(out)
    name_entries(page, out)
    name_project_lists(out)
    name_title(out)
    type_by_sequel(out)
    short_names(page, out)
    name_platforms(page, out)
    countries = countries_spoken_of(out)
    for reading in out:
        for a, b in reading.part.sentences:
            reading.groups += chains(reading.part, reading.names, reading.brackets, a, b)
    settle_towns(out)
    repeat_kinds(page, out)
    unite_variants(page, out)
    repeat_countries(page, out)
    for reading in out:
        settle_regions(reading, countries, label_country(reading))
    name_speaker(page, out)
    for reading in out:
        pack = load_packs()[page.language]
        block = reading.part.block
        reading.dates = find_dates(page.text, pack, block.start, block.end)
        if block.label:
            reading.label_dates = find_dates(page.text, pack, *block.label)
        reading.figures = find_figures(page.text, pack, block.start, block.end, dates=reading.dates)
        for name in reading.names:
            if name.kind in ("region", "organisation", "partnership", "programme"):
                cast.name(reading.part, name)
                if "acronym" in name.notes:
                    record_acronym(cast, reading.part, name)
    fill_years(page, out)
    add_days(page, out)
    return out
