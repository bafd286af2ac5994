"""Tokens, sentences and blocks keep exact offsets whatever the text holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.blocks import blocks
from pipeline.text.sentences import sentences
from pipeline.text.tokens import fold, tokenise

PIECES = [
    *("Norra Mellansverige", "l’Emilia-Romagna", "CoP:n", "Po.in.tex", "\r\n", "\n\n", "\ufeff", "e\u0301", "🙂", "3."),
    *("(S3)", "„X”", "a\u200bb", "- ", "• ", "A: b", " | ", "Ţara", "ΑΒΓ", " ", "\t", "?", "...", "\x00"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_token_stands_at_its_offsets(text: str) -> None:
    last = 0
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text or token.text == "\n"
        assert last <= token.start < token.end <= token.full_end <= len(text)
        last = token.end


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_sentences_cover_all_tokens_once(text: str) -> None:
    tokens = [t for t in tokenise(text) if t.text != "\n"]
    ranges = sentences(tokens)
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(tokens)))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_blocks_lie_in_order_within_the_text(text: str) -> None:
    last = 0
    for block in blocks(text, lambda kind, words: False):
        assert last <= block.start <= block.end <= len(text)
        assert all(0 <= a < z <= len(text) for a, z in block.cells)
        last = block.end


def test_names_with_marks_are_read_as_people_write_them() -> None:
    assert [t.text for t in tokenise("l’Emilia-Romagna, CoP:n, Po.in.tex")] == [
        "l",
        "Emilia",
        "Romagna",
        ",",
        "CoP",
        ",",
        "Po",
        "in",
        "tex",
    ]
    assert fold("ΠΕΡΙΦΈΡΕΙΑ") == fold("περιφέρεια") and fold("Ţara") == fold("țara")


def test_an_abbreviation_before_a_unit_of_money_ends_no_sentence() -> None:
    tokens = tokenise("Das Programm gibt 1,9 Mio. Euro. Das Projekt beginnt.")
    assert len(sentences(tokens, {"euro"})) == 2
    assert len(sentences(tokens)) == 3
