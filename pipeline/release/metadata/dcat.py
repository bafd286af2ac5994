"""`dcat.jsonld`: a DCAT-AP 3.0.1 catalogue of this one dataset, every data file a distribution."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.metadata.draft import AUTHORITY, Draft, File, as_json

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
CATALOGUE, DATASET, PUBLISHER = "#catalogue", "#dataset", "#publisher"


def write(draft: Draft) -> str:
    """The catalogue as JSON-LD text. Without an address its own terms and files are relative to where it lies."""
    files = list(draft.data_files())
    nodes = [_catalogue(draft), _dataset(draft, files), *(_distribution(file, draft) for file in files)]
    publisher = {"@id": _own(draft, PUBLISHER), "@type": "foaf:Agent", "foaf:name": draft.facts["creator"]}
    return as_json({"@context": _CONTEXT, "@graph": [*nodes, publisher]})


def read(text: str) -> dict[str, str | None]:
    """Paths or addresses of the distributions' files, each with its SHA-256."""
    nodes = [node for node in json.loads(text)["@graph"] if node["@type"] == "dcat:Distribution"]
    return {
        node["dcat:downloadURL"]["@id"]: node.get("spdx:checksum", {}).get("spdx:checksumValue", {}).get("@value")
        for node in nodes
    }


def _catalogue(draft: Draft) -> dict[str, Any]:
    facts = draft.facts
    return {
        "@id": _own(draft, CATALOGUE),
        "@type": "dcat:Catalog",
        "dct:title": _english(f"{facts['creator']}: releases"),
        "dct:description": _english(f"Describes release {facts['version']} of the dataset “{facts['title']}”."),
        "dct:publisher": {"@id": _own(draft, PUBLISHER)},
        "dct:language": _authority("language/ENG", "dct:LinguisticSystem"),
        "dct:license": _authority(facts["authority"]["licence"], "dct:LicenseDocument"),
        "dct:spatial": _authority(facts["authority"]["spatial"], "dct:Location"),
        "dct:modified": _date(draft.today()),
        "dcat:dataset": {"@id": _own(draft, DATASET)},
    }


def _dataset(draft: Draft, files: list[File]) -> dict[str, Any]:
    facts, dates = draft.facts, draft.quality["dates"]
    authority, page = facts["authority"], draft.address("README.md")
    languages = [authority["languages"].get(code) for code in sorted(draft.quality["documents_by_language"])]
    out: dict[str, Any] = {
        "@id": _own(draft, DATASET),
        "@type": "dcat:Dataset",
        "dct:title": _english(facts["title"]),
        "dct:description": _english(facts["description"]),
        "dct:identifier": facts["name"],
        "dct:publisher": {"@id": _own(draft, PUBLISHER)},
        "dct:creator": {"@id": _own(draft, PUBLISHER)},
        "dct:language": [_authority(f"language/{code}", "dct:LinguisticSystem") for code in languages if code],
        "dct:accessRights": _authority(authority["access"], "dct:RightsStatement"),
        "dct:accrualPeriodicity": _authority(authority["frequency"], "dct:Frequency"),
        "dct:spatial": _authority(authority["spatial"], "dct:Location"),
        "dct:issued": _date(draft.today()),
        "dct:modified": _date(draft.today()),
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": _english(
                "Read from documents and a register by rules; `evidence` has the quote of every value."
            ),
        },
        "dcat:theme": [
            {**_authority(theme, "skos:Concept"), "skos:prefLabel": _english(label)}
            for theme, label in authority["themes"].items()
        ],
        "dcat:keyword": [_english(word) for word in facts["keywords"]],
        "dcat:version": facts["version"],
        "foaf:page": {"@id": page, "@type": "foaf:Document", "dct:title": _english("Data dictionary")},
        "dcat:distribution": [{"@id": _own(draft, f"#{file.path}")} for file in files],
    }
    if dates["earliest"] and dates["latest"]:
        out["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(dates["earliest"]),
            "dcat:endDate": _date(dates["latest"]),
        }
    return out


def _distribution(file: File, draft: Draft) -> dict[str, Any]:
    facts = draft.facts
    address = {"@id": draft.address(file.path), "@type": "rdfs:Resource"}
    whole = file.file_type not in ("CSV", "PARQUET")
    out: dict[str, Any] = {
        "@id": _own(draft, f"#{file.path}"),
        "@type": "dcat:Distribution",
        "dct:title": _english(f"{'All tables' if whole else file.table} as {file.title}"),
        "dct:description": _english(
            f"All tables in one file, {file.title}." if whole else f"The table {file.table}, {file.title}."
        ),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dct:license": _authority(facts["authority"]["licence"], "dct:LicenseDocument"),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": _english("Quotes remain quotations of their sources and are not covered by the licence."),
        },
        "dct:format": _authority(f"file-type/{file.file_type}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{file.media_type}", "@type": "dct:MediaType"},
        "dct:issued": _date(draft.today()),
        "dct:modified": _date(draft.today()),
    }
    if file.sha256:
        out["dcat:byteSize"] = {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"}
        out["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        }
    return out


def _own(draft: Draft, term: str) -> str:
    return f"{draft.facts['address']}{term}"


def _authority(code: str, kind: str) -> dict[str, str]:
    # With its class, so that whoever validates need not fetch the term.
    return {"@id": f"{AUTHORITY}{code}", "@type": kind}


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _date(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
