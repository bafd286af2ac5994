"""Layout, sentences and tokens of small texts, as they stand in `layout.toml`; --rewrite writes that file anew.

After a change that is meant: python -m tests.text.test_layout --rewrite, and read the difference.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.text.blocks import LONGEST, Block, blocks
from pipeline.text.language import identify
from pipeline.text.sentences import sentences
from pipeline.text.tokens import tokenise

FILE = Path(__file__).with_name("layout.toml")
CASES: list[dict[str, object]] = tomllib.loads(FILE.read_text("utf-8"))["case"]
SECTIONS = {
    "navigation": {"menu", "home | news | contact"},
    "see_also": {"see also"},
    "contact": {"contact", "press contact"},
    "label": {"lead region"},
}


def is_section(kind: str, words: str) -> bool:
    return words.strip(" :").casefold() in SECTIONS.get(kind, ())


def drawn(text: str) -> list[str]:
    """A line for each block: what it is, what introduces it, its label and cells, and its words."""
    found = blocks(text, is_section)
    return [_line(text, number, block) for number, block in enumerate(found)]


def _line(text: str, number: int, block: Block) -> str:
    facts = [f"{number}", block.kind, block.zone]
    facts += [f"{name}={value}" for name, value in (("leadin", block.leadin), ("heading", block.heading)) if value >= 0]
    facts += [f"header={block.header}"] if block.header >= 0 else []
    facts += [f"indent={block.indent}"] if block.indent else []
    facts += ["gap"] if block.gap else []
    facts += ["entry"] if block.entry else []
    facts += [f"label={text[slice(*block.label)]!r}"] if block.label else []
    facts += [f"cells={[text[slice(*cell)] for cell in block.cells]}"] if block.cells else []
    return f"{' '.join(facts)} {text[block.start : block.end]!r}"


def words(text: str) -> list[str]:
    """A line for each sentence: its tokens with what joins them; `^` a capital, `~` a case ending, `'` a mark."""
    tokens = tokenise(text)
    return [" ".join(_word(text, i, tokens) for i in range(a, b)) for a, b in sentences(tokens)]


def _word(text: str, i: int, tokens: list) -> str:  # type: ignore[type-arg]
    token = tokens[i]
    assert token.text == "\n" or text[token.start : token.end] == token.text
    glue = "" if token.space else "+"
    ending = f"~{text[token.end : token.full_end]}" if token.full_end > token.end else ""
    kind = "" if token.word else "°"
    capital = "^" if token.word and token.capital else ""
    return f"{glue}{token.glue}{capital}{kind}{token.fold!r}{ending}"


@pytest.mark.parametrize("sentence", ["Kestria leads the Tidewater Partnership. ", "tidewater ", "a"])
def test_an_endless_line_is_read_in_stretches(sentence: str) -> None:
    text = sentence * (3 * LONGEST // len(sentence))
    found = blocks(text, is_section)
    assert all(block.end - block.start <= LONGEST for block in found)
    assert "".join(text[block.start : block.end] for block in found).replace(" ", "") == text.replace(" ", "")
    assert sentence == "a" or all(text[block.start : block.end].endswith(sentence.strip()) for block in found)


@pytest.mark.parametrize("case", CASES, ids=[str(c["name"]) for c in CASES])
def test_layout_is_as_it_was(case: dict[str, object]) -> None:
    text = str(case["text"])
    if "blocks" in case:
        assert drawn(text) == case["blocks"]
    if "words" in case:
        assert words(text) == case["words"]
    if "language" in case:
        assert list(identify(text, case.get("default"))) == case["language"]  # type: ignore[arg-type]


def rewrite() -> None:
    """Write what the code gives now."""
    out = []
    for case in CASES:
        text = str(case["text"])
        now = {"blocks": drawn, "words": words, "language": lambda t: list(identify(t, case.get("default")))}  # type: ignore[arg-type]  # noqa: B023
        lines = [f"name = {_quoted(str(case['name']))}", f"text = {_quoted(text)}"]
        lines += [f"default = {_quoted(str(case['default']))}"] if "default" in case else []
        for key in ("blocks", "words", "language"):
            if key in case:
                values = "".join(f"\n  {_quoted(v) if isinstance(v, str) else v}," for v in now[key](text))
                lines.append(f"{key} = [{values}\n]")
        out.append("[[case]]\n" + "\n".join(lines) + "\n")
    head = FILE.read_text("utf-8").partition("[[case]]")[0]
    FILE.write_text(head + "\n".join(out), "utf-8")


def _quoted(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


if __name__ == "__main__" and "--rewrite" in sys.argv:
    rewrite()
