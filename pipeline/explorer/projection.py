"""Where a place stands on the map of Europe: Lambert's azimuthal equal-area projection, as its outlines were drawn."""

from __future__ import annotations

import json
from functools import cache
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any


@cache
def europe() -> dict[str, Any]:
    """The drawn map: `width`, `height`, `centre` (longitude, latitude), `scale`, `origin`, and outlines as SVG paths.

    Written by `make explorer` from Natural Earth, which is in the public domain.
    """
    found: dict[str, Any] = json.loads(Path(__file__).with_name("europe.json").read_text(encoding="utf-8"))
    return found


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """The point of the map, in its units from the upper left corner; outside its frame for places far away."""
    drawn = europe()
    centre_longitude, centre_latitude = (radians(degrees) for degrees in drawn["centre"])
    east, north = radians(longitude) - centre_longitude, radians(latitude)
    along = sin(centre_latitude) * sin(north) + cos(centre_latitude) * cos(north) * cos(east)
    stretch = drawn["scale"] * sqrt(2 / max(1 + along, 1e-9))
    x = stretch * cos(north) * sin(east)
    y = stretch * (cos(centre_latitude) * sin(north) - sin(centre_latitude) * cos(north) * cos(east))
    return drawn["origin"][0] + x, drawn["origin"][1] - y


def shown(x: float, y: float) -> bool:
    """Whether a point lies within the map's frame."""
    return bool(0 <= x <= europe()["width"] and 0 <= y <= europe()["height"])
