"""`vocabularies.jsonld`: the closed vocabularies of the columns as SKOS concept schemes."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.metadata.draft import Draft, as_json
from schemas.facts import enumerations

_CONTEXT = {"skos": "http://www.w3.org/2004/02/skos/core#", "dct": "http://purl.org/dc/terms/"}


def write(draft: Draft) -> str:
    """All schemes as JSON-LD text. Without an address their terms are relative to where the file lies."""
    base = f"{draft.facts['address']}vocabularies.jsonld" if draft.facts["address"] else ""
    nodes: list[dict[str, Any]] = []
    for name, codes in enumerations().items():
        scheme = f"{base}#{name}"
        concepts = [f"{scheme}/{code}" for code in codes]
        title = {"@value": f"Codes of {name}", "@language": "en"}
        nodes.append(
            {"@id": scheme, "@type": "skos:ConceptScheme", "dct:title": title, "skos:hasTopConcept": _ids(concepts)}
        )
        nodes += [
            {
                "@id": concept,
                "@type": "skos:Concept",
                "skos:notation": code,
                "skos:prefLabel": {"@value": code.replace("_", " "), "@language": "en"},
                "skos:definition": {"@value": meaning, "@language": "en"},
                "skos:topConceptOf": {"@id": scheme},
                "skos:inScheme": {"@id": scheme},
            }
            for concept, (code, meaning) in zip(concepts, codes.items(), strict=True)
        ]
    return as_json({"@context": _CONTEXT, "@graph": nodes})


def read(text: str) -> dict[str, dict[str, str]]:
    """Codes and meanings by vocabulary."""
    found: dict[str, dict[str, str]] = {}
    for node in json.loads(text)["@graph"]:
        name = node["@id"].rpartition("#")[2].partition("/")[0]
        if node["@type"] == "skos:Concept":
            found.setdefault(name, {})[node["skos:notation"]] = node["skos:definition"]["@value"]
    return found


def _ids(addresses: list[str]) -> list[dict[str, str]]:
    return [{"@id": address} for address in addresses]
