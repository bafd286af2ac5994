"""What Dagster's page shows of a release: pictures that cannot run anything, and accuracy as numbers."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as xml
from pathlib import Path

from pipeline.assets.pictures import accuracy_numbers, pictures
from pipeline.checks import Staged
from pipeline.explorer.picture import picture
from pipeline.release.quality import quality

HOSTILE = '<img src=x onerror="x()">](javascript:x)'
ELEMENTS = {"svg", "style", "rect", "path", "g", "circle", "title", "text"}


def test_pictures_hold_hostile_names_as_text(staged: Staged) -> None:
    staged.tables["regions"] = staged.tables["regions"].assign(name=HOSTILE, latitude=50.0, longitude=10.0)
    shown = pictures(staged.tables)
    assert set(shown) == {"map", "quotes by language", "partnerships by platform"}
    for value in shown.values():
        encoded = re.fullmatch(r"!\[[\w ]+\]\(data:image/svg\+xml;base64,([\w+/=]+)\)", value.md_str or "")
        assert encoded
        drawn = xml.fromstring(base64.b64decode(encoded.group(1)))
        assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= ELEMENTS
    assert HOSTILE in xml.tostring(xml.fromstring(picture(staged.tables)), encoding="unicode", method="text")


def test_accuracy_is_numbers_where_it_was_measured(whole: Staged, tmp_path: Path) -> None:
    (tmp_path / "quality.json").write_text(json.dumps(quality(whole.tables)))
    kinds = [f"{m} of all {k}" for k in ("entities", "relations") for m in ("precision", "recall", "f1")]
    found = accuracy_numbers(tmp_path)
    assert sorted(found) == sorted(kinds) and all(0 <= value <= 1 for value in found.values())
    (tmp_path / "quality.json").write_text(json.dumps({"accuracy": None}))
    assert accuracy_numbers(tmp_path) == {}
