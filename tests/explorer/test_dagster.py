"""What Dagster's page shows of a release: pictures that cannot run anything, and accuracy as numbers."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as xml
from dataclasses import replace

from pipeline.assets.release import release
from pipeline.checks import Staged
from pipeline.settings import Settings
from pipeline.staging import stage

HOSTILE = '<img src=x onerror="x()">](javascript:x)'


ELEMENTS = {"svg", "style", "rect", "path", "g", "circle", "title", "text"}


def test_pictures_and_numbers(staged: Staged, settings: Settings) -> None:
    staged.tables["regions"] = staged.tables["regions"].assign(name=HOSTILE, latitude=50.0, longitude=10.0)
    stage(staged.tables, staged.documents, settings.work)
    found = release(replace(settings, seeds=settings.work)).metadata
    for name in ("map", "quotes by language", "partnerships by platform"):
        encoded = re.fullmatch(r"!\[[\w ]+\]\(data:image/svg\+xml;base64,([\w+/=]+)\)", found[name].md_str)
        assert encoded, name
        drawn = xml.fromstring(base64.b64decode(encoded.group(1)))
        assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= ELEMENTS
    assert HOSTILE in xml.tostring(
        xml.fromstring((settings.data / "map.svg").read_text()), encoding="unicode", method="text"
    )
    assert all(
        0 <= found[f"{m} of all {k}"] <= 1 for m in ("precision", "recall", "f1") for k in ("entities", "relations")
    )
