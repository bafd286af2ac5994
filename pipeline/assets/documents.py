"""Files become documents; documents become mentions and claims."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import dagster as dg
import pandas as pd

from pipeline.assets.show import preview
from pipeline.documents import load_documents, save_documents
from pipeline.engine import extract_all, names
from pipeline.model import Document
from pipeline.read import document_files, read_documents
from pipeline.settings import Settings

_SHOWN = 10

seeds = dg.AssetSpec(
    "seeds",
    group_name="input",
    kinds={"file"},
    description="The input folder: documents, `sources.csv`, `corrections.csv`, `register/`.",
)


@dg.asset(deps=[seeds], group_name="documents", kinds={"python"})
def documents(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """Each file of the input folder read to text and left as it is, or set aside with the reason."""
    columns = ["document_id", "media_type", "status", "problem"]
    count = characters = set_aside = 0
    first: list[Document] = []
    aside: list[Document] = []

    def watched() -> Iterator[Document]:
        nonlocal count, characters, set_aside
        for document in read_documents(settings.seeds, settings):
            brief = replace(document, text="")
            if document.status == "quarantined":
                set_aside += 1
                aside.extend([brief] if len(aside) < _SHOWN else ())
            first.extend([brief] if len(first) < _SHOWN else ())
            count, characters = count + 1, characters + len(document.text)
            yield document

    save_documents(watched(), settings.work)
    shown = pd.DataFrame([[getattr(d, c) for c in columns] for d in [*aside, *first][:_SHOWN]], columns=columns)
    return dg.MaterializeResult(
        metadata={
            "folder": str(settings.seeds),
            "documents": count,
            "set aside": set_aside,
            "characters": characters,
            "preview": preview(shown, _SHOWN),
        }
    )


@dg.asset(deps=[documents], group_name="documents", kinds={"python"})
def claims(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """Mentions and claims of each document, read on its own; a document seen before comes from the cache."""
    found = extract_all(load_documents(settings.work), settings)
    mentions, tables = 0, Counter[str]()
    for summary in found.summaries():
        mentions += summary.mentions
        tables.update(summary.claims)
    return dg.MaterializeResult(
        metadata={
            "documents": len(found),
            "newly extracted": len(found.fresh),
            "newly extracted documents": names(found.fresh),
            "from the cache": len(found) - len(found.fresh),
            "from the cache documents": names(found.keys() - set(found.fresh)),
            "failed": len(found.failed),
            "failed documents": names(found.failed),
            "mentions": mentions,
            "claims": sum(tables.values()),
            "claims by table": dict(sorted(tables.items())),
        }
    )


def folder_fingerprint(settings: Settings) -> str:
    """Changes when a file of the input folder is added, removed or edited."""
    digest = hashlib.sha256()
    files = list(document_files(settings.seeds)) if settings.seeds.is_dir() else []
    steering = [settings.seeds / name for name in ("sources.csv", "corrections.csv", "suppress.csv")]
    register = sorted((settings.seeds / "register").rglob("*.csv"))
    for file in [*files, *steering, *register]:
        if file.is_file():
            facts = file.stat()
            digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]
