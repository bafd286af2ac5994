"""Language packs: all that the extractor knows of a language's words, read from the TOML files beside this module.

README.md says what each table means. Code asks a pack for lists by name and finds empty ones where a pack has none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.text.compiled import compiled

FOLDER = Path(__file__).parent
_EXAMPLES = "\n[[examples]]"


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """One language. Packs are compared and hashed by identity, so that compiled patterns can be cached by pack."""

    code: str
    name: str
    data: Mapping[str, Any]

    @property
    def file(self) -> Path:
        """Where it is read from."""
        return FOLDER / f"{self.code}.toml"

    def get(self, *path: str) -> Any:
        """What stands at `path` (`get("cues", "lead", "active")`), None where the pack has nothing there."""
        node: Any = self.data
        for key in path:
            if not isinstance(node, Mapping):
                return None
            node = node.get(key)
        return node

    def words(self, *path: str) -> list[str]:
        """The list of entries at `path`; a single text counts as one entry, nothing as an empty list."""
        found = self.get(*path)
        if found is None or found == "":
            return []
        if isinstance(found, str):
            return [found]
        if isinstance(found, Mapping):
            raise KeyError(f"{'.'.join(path)} in language pack {self.code} is a table, not a list")
        return [str(entry) for entry in found]

    def text(self, *path: str, default: str = "") -> str:
        """The single value at `path` as text."""
        found = self.get(*path)
        return default if found is None else str(found)

    def table(self, *path: str) -> dict[str, list[str]]:
        """The lists of a table by key, in the pack's order (`table("measures")`)."""
        found = self.get(*path)
        return {key: self.words(*path, key) for key in found} if isinstance(found, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry taken apart. `parts` has two members where the entry holds a gap (`...`), else one.

    Each member is a tuple of words as written in the pack (`koordin*`); `value` is what follows `=`.
    """

    parts: tuple[tuple[str, ...], ...]
    value: str | None = None


def normalise_entry(entry: str) -> Entry:
    """Split `word word*`, `first ... last` and `word=value`. Case is folded; hyphens count as spaces."""
    body, _, value = entry.partition("=")
    parts = tuple(tuple(part.replace("-", " ").casefold().split()) for part in body.split("...") if part.strip())
    return Entry(parts, value.strip() or None)


def word_matches(pattern: str, word: str) -> bool:
    """Whether a folded word of a text fits a word of an entry (`koordin*` fits every word that begins so)."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"the language pack {path.name} cannot be read: {error}") from error


@lru_cache(maxsize=1)
def load_packs() -> dict[str, Pack]:
    """All packs by language code, in order of code. The examples are left out: see `load_examples`.

    Examples come last in every pack and make up half of it, so leaving them out halves the time this takes.
    """
    found = compiled("packs", [Path(__file__), *pack_files()], _read_packs)
    return {data["code"]: Pack(data["code"], data["name"], data) for data in found}


def pack_files() -> list[Path]:
    """The files of all packs, in order of code."""
    return sorted(FOLDER.glob("*.toml"))


def _read_packs() -> list[dict[str, Any]]:
    return [_parse(path, path.read_text("utf-8").split(_EXAMPLES, 1)[0]) for path in pack_files()]


def load_examples(code: str) -> list[dict[str, Any]]:
    """The example sentences of a pack with the claims they must yield; an empty list where it has none."""
    path = FOLDER / f"{code}.toml"
    return list(_parse(path, path.read_text("utf-8")).get("examples", []))
