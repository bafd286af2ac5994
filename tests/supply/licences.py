"""Licences of what is installed to run the pipeline, with all its extras: `licences.csv`.

python -m tests.supply.licences     write the list anew
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.settings import PROJECT

FILE = Path(__file__).with_name("licences.csv")
NOT_RUNTIME = {"dev", "fuzz", "bench", "validate"}
_CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")
_LONGEST = 60


def runtime() -> dict[str, str]:
    """Licence by package, of the dependencies of the project and of theirs."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    waiting = [*project["dependencies"], *(r for name in extras if name not in NOT_RUNTIME for r in extras[name])]
    found: dict[str, str] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            # An extra that is not installed here.
            continue
        found[name] = _licence(package.metadata)
        for needed in package.requires or ():
            marker = Requirement(needed).marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
                waiting.append(needed)
    return dict(sorted(found.items()))


def _licence(metadata: object) -> str:
    get, get_all = metadata.get, metadata.get_all  # type: ignore[attr-defined]
    if expression := get("License-Expression"):
        return str(expression)
    named = [m[1] for c in get_all("Classifier") or () if (m := _CLASSIFIER.match(c))]
    said = (get("License") or "").strip()
    return " AND ".join(named) if named else said if "\n" not in said and len(said) <= _LONGEST else said.split("\n")[0]


def main() -> None:
    """Write the list."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["package", "licence"])
    rows.writerows(runtime().items())
    FILE.write_text(out.getvalue(), "utf-8")


if __name__ == "__main__":
    main()
