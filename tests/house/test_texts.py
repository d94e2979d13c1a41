"""Every text of the program is in the translators' files, and translated."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

import texts  # noqa: E402

_PLACE = re.compile(r"%\d|%n|\{[^{}]*\}")


@pytest.fixture(scope="module")
def found() -> list[texts.Text]:
    return texts.texts(ROOT)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_text_is_translated(found: list[texts.Text], language: str) -> None:
    known = texts.read_ts(texts.FOLDER / f"{language}.ts")
    lacking = [t for t in texts.wanted(language, found) if not known.get(t) or not all(known[t])]
    assert not lacking, "translate these in Qt Linguist, after python3 installer/texts.py"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_translation_is_left_of_a_text_that_is_gone(found: list[texts.Text], language: str) -> None:
    known = texts.read_ts(texts.FOLDER / f"{language}.ts")
    assert not set(known) - set(texts.wanted(language, found)), "run python3 installer/texts.py"


def test_a_translation_has_no_place_that_its_source_lacks() -> None:
    for language in texts.LANGUAGES:
        for text, forms in texts.read_ts(texts.FOLDER / f"{language}.ts").items():
            for form in forms:
                assert set(_PLACE.findall(form)) <= set(_PLACE.findall(text.source)), text


def test_every_text_of_the_window_has_a_context(found: list[texts.Text]) -> None:
    assert not [t for t in found if not t.context]


def test_texts_are_found_in_calls_f_strings_and_the_table_of_commands(tmp_path: Path) -> None:
    gui, work = tmp_path / "unet_studio/gui", tmp_path / "unet_studio/workbench"
    gui.mkdir(parents=True)
    work.mkdir()
    (gui / "a.py").write_text(
        'class Panel:\n    def f(self):\n        self.tr("One"); self.tr("%n slice(s)", "", 3)\n'
        'Command("id", "View", "Zoom in", ("Z",), "Makes it larger")\n'
        'def _tr(t): return QCoreApplication.translate("Here", t)\n_tr("Two")\n'
    )
    (work / "b.py").write_text(
        '"""Not this one."""\nraise ReadError(f"{path.name} is damaged: {why} Ask again.")\n'
        'log.info("not that one either")\nSentence("Paint {name} now", name=x)\n'
        'Sentence("Label")\nPAGE = "<p>No text but a page</p>"\nSTYLE = "p { font-family: none of these words }"\n'
    )
    assert [(t.context, t.source, t.is_numerus) for t in texts.texts(tmp_path)] == [
        ("Commands", "Makes it larger", False), ("Commands", "View", False), ("Commands", "Zoom in", False),
        ("Here", "Two", False), ("Panel", "%n slice(s)", True), ("Panel", "One", False),
        ("Sentences", "%1 is damaged: %2 Ask again.", False), ("Sentences", "Label", False),
        ("Sentences", "Paint %1 now", False),
    ]  # fmt: skip
