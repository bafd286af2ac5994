"""Write `given_names.csv.gz`: given names of people in European languages, from the lists in Faker (MIT licence).

    pip install faker && python -m pipeline.personal.build

Maltese, for which Faker has no list, shares most names with Italian and English.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import re
from pathlib import Path

LOCALES = (
    "bg_BG cs_CZ da_DK de_AT de_DE el_GR en_GB en_IE es_ES et_EE fi_FI fr_BE fr_FR ga_IE hr_HR hu_HU it_IT lt_LT lv_LV "
    "nl_BE nl_NL pl_PL pt_PT ro_RO sk_SK sl_SI sv_SE"
)
NAMES = Path(__file__).with_name("given_names.csv.gz")
# Given names that are commoner as other words: months, and words of names of bodies and places.
NOT = frozenset(
    [
        "April",
        "August",
        "Avril",
        "Juin",
        "Juni",
        "June",
        "Juli",
        "July",
        "Mai",
        "Maj",
        "Maja",
        "Marine",
        "Marina",
        "May",
        "Peer",
        "Peers",
        "Urban",
        "Urbain",
        "Haute",
    ]
)
_LISTS = re.compile(r"first_names(?:_(?:fe)?male|_unisex|_nonbinary)?|(?:fe)?male_first_names|(?:fe)?male_names")
_NAME = re.compile(r"[^\W\d_]{3,}(?:[-'’][^\W\d_]+)?")


def main() -> None:
    """Write the file anew."""
    found: dict[str, set[str]] = {}
    for locale in LOCALES.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in filter(_LISTS.fullmatch, dir(provider)):
            names = getattr(provider, attribute)
            for name in names if isinstance(names, (list, tuple, dict)) else ():
                if isinstance(name, str) and _NAME.fullmatch(name) and name not in NOT:
                    found.setdefault(name.replace("’", "'"), set()).add(locale[:2])
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["name", "languages"])
    rows.writerows([name, " ".join(sorted(found[name]))] for name in sorted(found))
    NAMES.write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
