"""Files become documents; documents become mentions and claims."""

from __future__ import annotations

import hashlib
from collections import Counter

import dagster as dg
import pandas as pd

from pipeline.assets.show import preview
from pipeline.engine import extract_all, names
from pipeline.read import document_files, read_folder
from pipeline.settings import Settings
from pipeline.staging import load_documents, save_documents

seeds = dg.AssetSpec(
    "seeds",
    group_name="input",
    kinds={"file"},
    description="The input folder: documents, `sources.csv`, `corrections.csv`, `register/`.",
)


@dg.asset(deps=[seeds], group_name="documents", kinds={"python"})
def documents(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """Each file of the input folder read to text and left as it is, or set aside with the reason."""
    found = read_folder(settings.seeds, settings)
    save_documents(found, settings.work)
    columns = ["document_id", "media_type", "status", "problem"]
    aside = [d for d in found if d.status == "quarantined"]
    shown = pd.DataFrame([[getattr(d, c) for c in columns] for d in [*aside, *found][:10]], columns=columns)
    return dg.MaterializeResult(
        metadata={
            "folder": str(settings.seeds),
            "documents": len(found),
            "set aside": len(aside),
            "characters": sum(len(d.text) for d in found),
            "preview": preview(shown, 10),
        }
    )


@dg.asset(deps=[documents], group_name="documents", kinds={"python"})
def claims(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """Mentions and claims of each document, read on its own; a document seen before comes from the cache."""
    found = extract_all(load_documents(settings.work), settings)
    mentions, tables = 0, Counter[str]()
    for extraction in found.values():
        mentions += len(extraction.mentions)
        tables.update(claim.table for claim in extraction.claims)
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
