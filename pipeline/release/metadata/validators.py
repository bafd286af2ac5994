"""The standards' own validators, from the extra `validate`; each reads what lies in a folder and asks no network.

They are slow for rows, so a plain build has them read descriptions only; one that must be sure reads the rows too, up
to `MOST_ROWS`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from pipeline.release.database import NAME
from pipeline.release.metadata.draft import Draft

MOST_ROWS = 50_000
_HERE = Path(__file__).parent
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# Relative addresses need something to be relative to; nothing is fetched from it.
_BASE = "https://example.org/release/"
_LONGEST, _MOST = 300, 20


@dataclass(frozen=True)
class Validator:
    """`packages` that must be installed, by the name of their module; `read(folder, rows)` tells what is wrong."""

    packages: dict[str, str]
    read: Callable[[Path, bool], Iterable[str]]

    def missing(self) -> list[str]:
        """Packages that are not installed."""
        return [name for module, name in self.packages.items() if importlib.util.find_spec(module) is None]

    def named(self) -> str:
        """The packages with their versions."""
        return ", ".join(f"{name} {version(name)}" for name in self.packages.values())

    def problems(self, folder: Path, rows: bool = True) -> list[str]:
        """What is wrong, a line each; a validator that breaks off is a problem too."""
        logging.getLogger("absl").setLevel(logging.ERROR)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = [line for line, _ in zip(self.read(folder, rows), range(_MOST), strict=False)]
        except Exception as error:
            found = [f"{type(error).__name__}: {error}"]
        return [_line(problem) for problem in found]


def _line(problem: str) -> str:
    line = " ".join(problem.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _data_package(folder: Path, rows: bool) -> Iterable[str]:
    """The profile for the descriptor; frictionless for bytes, hashes, rows, keys and references."""
    import dplib
    import frictionless
    import jsonschema

    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    if descriptor["$schema"] != _PROFILE:
        yield f"$schema is not {_PROFILE}"
    # The profile as the standard's own package ships it; that package's look-up of it would go to the network.
    profile = json.loads((Path(dplib.__file__).parent / "profiles" / "2.0" / "datapackage.json").read_text("utf-8"))
    for error in jsonschema.validators.validator_for(profile)(profile).iter_errors(descriptor):
        yield f"{error.json_path}: {error.message}"
    if rows:
        report = frictionless.validate(str(path))
        yield from (f"{error.type}: {error.message}" for error in report.errors)
        yield from (f"{task.name}: {error.type}: {error.message}" for task in report.tasks for error in task.errors)


def _croissant(folder: Path, rows: bool) -> Iterable[str]:
    """The description loads without error and warning, and so does every record."""
    import mlcroissant
    from absl import logging as absl

    # absl's handler closes the stream it was made with as soon as another stands in its place.
    absl.get_absl_handler().python_handler.setStream(sys.__stderr__)
    path = folder / "croissant.json"
    # The files of this folder, whatever address they will have.
    files = {f["@id"]: folder / f["@id"] for f in json.loads(path.read_text(encoding="utf-8"))["distribution"]}
    dataset = mlcroissant.Dataset(jsonld=str(path), mapping=files)
    yield from (*dataset.metadata.issues.errors, *dataset.metadata.issues.warnings)
    if rows:
        for one in dataset.metadata.record_sets:
            for _ in dataset.records(one.id):
                pass


def _dcat(folder: Path, rows: bool) -> Iterable[str]:
    """The SHACL shapes of the profile."""
    import pyshacl
    import rdflib
    from rdflib.namespace import RDF, SH

    data = rdflib.Graph().parse(folder / "dcat.jsonld", format="json-ld", publicID=f"{_BASE}dcat.jsonld")
    shapes = rdflib.Graph().parse(_HERE / "dcat-ap-3.0.1.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        told: list[Any] = [report.value(result, term) for term in (SH.focusNode, SH.resultPath, SH.resultMessage)]
        yield " ".join(str(part) for part in told if part is not None)


def _citation(folder: Path, rows: bool) -> Iterable[str]:
    """The JSON Schema of the Citation File Format."""
    import jsonschema

    schema = json.loads((_HERE / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    found = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    yield from (f"{error.json_path}: {error.message}" for error in checker.iter_errors(found))


def _csvw(folder: Path, rows: bool) -> Iterable[str]:
    """Every cell against its column; it has no way to read the description alone."""
    from csvw import CSVW

    if rows:
        # Not strict: a reference may be empty.
        found = CSVW(str(folder / "csv" / "csv-metadata.json"), validate=True, strict=False)
        if not found.is_valid:
            yield from (str(warning.message) for warning in found.warnings)


def _skos(folder: Path, rows: bool) -> Iterable[str]:
    """As RDF: each concept has one scheme and one label, and each scheme a concept."""
    import rdflib
    from rdflib import RDF, SKOS

    found = rdflib.Graph().parse(folder / "vocabularies.jsonld", format="json-ld", publicID=_BASE)
    for concept in found.subjects(RDF.type, SKOS.Concept):
        for term in (SKOS.inScheme, SKOS.prefLabel):
            if len(list(found.objects(concept, term))) != 1:
                yield f"{concept}: not one {term}"
    for scheme in found.subjects(RDF.type, SKOS.ConceptScheme):
        if found.value(scheme, SKOS.hasTopConcept) is None:
            yield f"{scheme}: no concept"


VALIDATORS = {
    "datapackage.json": Validator(
        {"dplib": "dplib-py", "frictionless": "frictionless", "jsonschema": "jsonschema"}, _data_package
    ),
    "croissant.json": Validator({"mlcroissant": "mlcroissant"}, _croissant),
    "dcat.jsonld": Validator({"pyshacl": "pyshacl", "rdflib": "rdflib"}, _dcat),
    "CITATION.cff": Validator({"jsonschema": "jsonschema"}, _citation),
    "csv/csv-metadata.json": Validator({"csvw": "csvw"}, _csvw),
    "vocabularies.jsonld": Validator({"rdflib": "rdflib"}, _skos),
}


def validate(path: str, draft: Draft, work: Path, when: str = "auto") -> tuple[list[str], str]:
    """What the description's own validator finds wrong with it as it lies in the draft, and what was done to know.

    `when` is `always`, `never`, or `auto`: where it is installed, and the description alone. What passed before, with
    the same data files and the same validator, is not read again: `work` keeps a note of it.
    """
    validator = VALIDATORS.get(path)
    if validator is None:
        return [], "none: no standard has this file"
    if when == "never":
        return [], "not run; S3_PIPELINE_VALIDATORS=always runs it"
    if missing := validator.missing():
        said = f"not run: {', '.join(missing)} not installed; pip install 's3-partnerships[validate]'"
        return [said] if when == "always" else [], said
    count = draft.files[NAME]["rows"]
    rows = when == "always" and count <= MOST_ROWS
    said = f"{validator.named()}; " + (
        f"{count:,} rows read" if rows else f"the description, and none of {count:,} rows"
    )
    notes = work / "validated.json"
    known = _notes(notes)
    text = (draft.folder / path).read_bytes()
    state = hashlib.sha256(text + json.dumps([draft.files, validator.named(), rows]).encode()).hexdigest()
    if known.get(path) == state:
        return [], f"{said} when last this was made"
    problems = validator.problems(draft.folder, rows)
    if not problems:
        notes.write_text(json.dumps({**known, path: state}), encoding="utf-8")
    return problems, said


def _notes(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
