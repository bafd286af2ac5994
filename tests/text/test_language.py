"""Which language a text is in: the packs' own example sentences, and texts that tell too little."""

from __future__ import annotations

import pytest

from pipeline.languages import load_examples, load_packs
from pipeline.text.language import identify

CODES = sorted(load_packs())


@pytest.mark.parametrize("code", CODES)
def test_examples_are_in_their_language(code: str) -> None:
    examples = [e["text"] for e in load_examples(code)]
    if not examples:
        pytest.skip("the pack has no examples")
    assert identify("\n\n".join(examples))[0] == code
    pages = ["\n".join(examples[n : n + 5]) for n in range(0, len(examples) - 4, 5)]
    assert sum(identify(p)[0] == code for p in pages) >= 0.9 * len(pages)


def test_short_texts_take_the_default() -> None:
    assert identify("S3 CoP", CODES[-1]) == (CODES[-1], 0.0)
    assert identify("", CODES[-1]) == (CODES[-1], 0.0)


@pytest.mark.parametrize("text", ["", "12.3.2018", "\ufeff", "🎉" * 50, "x", "\x00" * 99, "A" * 10_000])
def test_any_text_has_an_answer(text: str) -> None:
    code, confidence = identify(text)
    assert code in CODES
    assert 0.0 <= confidence <= 1.0
