"""No language is known to the code: its codes stand in packs and data files only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pipeline
from pipeline.languages import load_packs

ROOT = Path(pipeline.__file__).parent
PASSES = sorted(
    [
        *(ROOT / "extract").rglob("*.py"),
        *ROOT.glob("text/*.py"),
        *ROOT.glob("languages/*.py"),
        *ROOT.glob("resolve/*.py"),
    ]
)
# English is the language of the register and of alias names in the gazetteer, a property of those data.
ALLOWED = {"register.py": {"en"}, "entities.py": {"en"}}


@pytest.mark.parametrize("path", PASSES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_language_code_stands_in_the_code(path: Path) -> None:
    codes = set(load_packs()) - ALLOWED.get(path.name, set())
    tree = ast.parse(path.read_text("utf-8"))
    found = [(n.value, n.lineno) for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value in codes]
    assert not found


@pytest.mark.parametrize("path", PASSES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_word_outside_ascii_stands_in_the_code(path: Path) -> None:
    """Words of languages are data. Marks and single letters of the tokeniser are not words."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)}
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    words = [
        word
        for text in texts
        if text not in docs and not text.startswith("[")
        for word in text.split()
        if sum(c.isalpha() and not c.isascii() for c in word) > 1
    ]
    assert not words
