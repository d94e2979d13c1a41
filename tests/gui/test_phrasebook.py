"""What the program says in another language: texts by their context, sentences by their pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.gui.phrasebook import SENTENCES, Phrase, Phrasebook, english_of, fill

BOOK = Phrasebook(
    (
        Phrase("Canvas", "Slice {0} / {1}", ("第 {0} / {1} 层",)),
        Phrase("Cases", "%n slice(s)", ("%n 层",)),
        Phrase(SENTENCES, "%1 is damaged: %2. Ask for a new copy.", ("%1 已损坏：%2。请索取新的副本。",)),
        Phrase(
            SENTENCES,
            "%1 is damaged: its header is cut short (truncated). Ask for a new copy.",
            ("%1 的文件头不完整。",),
        ),
        Phrase(SENTENCES, "its byte or line skip is no number", ("跳过的字节数或行数不是数字",)),
        Phrase(SENTENCES, "Paint %1", ("绘制 %1",)),
    )
)
ENGLISH = Phrasebook((Phrase("Cases", "%n slice(s)", ("%n slice", "%n slices")),))
words = st.text(st.characters(exclude_characters="%{}", exclude_categories=["Cs"]), max_size=20)


def test_a_sentence_is_said_with_what_stood_in_its_places() -> None:
    said = BOOK.said("a.nrrd is damaged: its byte or line skip is no number. Ask for a new copy.")
    assert said == "a.nrrd 已损坏：跳过的字节数或行数不是数字。请索取新的副本。"


def test_of_two_patterns_that_fit_the_one_with_more_words_is_meant() -> None:
    said = BOOK.said("b.nii is damaged: its header is cut short (truncated). Ask for a new copy.")
    assert said == "b.nii 的文件头不完整。"


def test_an_unknown_sentence_is_not_translated() -> None:
    assert BOOK.said("Nobody has said this before.") is None
    assert BOOK.translated("Canvas", "Nobody") is None


def test_a_number_chooses_the_form() -> None:
    assert ENGLISH.translated("Cases", "%n slice(s)", 1) == "%n slice"
    assert ENGLISH.translated("Cases", "%n slice(s)", 0) == "%n slices"
    assert ENGLISH.translated("Cases", "%n slice(s)", 7) == "%n slices"
    assert BOOK.translated("Cases", "%n slice(s)", 7) == "%n 层"


@given(name=words)
def test_any_name_survives_its_sentence(name: str) -> None:
    assert BOOK.said(f"Paint {name}") == f"绘制 {BOOK.said(name) or name}"


@given(name=words)
def test_what_is_said_is_recognised_again(name: str) -> None:
    found = BOOK.recognised(f"绘制 {name}")
    assert found is not None
    phrase, places = found
    assert fill(phrase.source, places) == f"Paint {name}"


@pytest.mark.parametrize("phrase", BOOK.phrases, ids=lambda p: p.source)
def test_the_english_book_says_the_source(phrase: Phrase) -> None:
    assert english_of(BOOK).translated(phrase.context, phrase.source) == phrase.source
