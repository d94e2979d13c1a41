"""Another language while the program runs, and back."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QTabBar, QWidget

from unet_studio.gui.first_names import first_classes
from unet_studio.gui.language import LANGUAGES, Interpreter, language_of, said
from unet_studio.gui.resaying import speak_now
from unet_studio.gui.studio import Studio


@pytest.fixture
def interpreter(qapp: QApplication):
    """Speaks English; afterwards nobody translates any more."""
    speaker = Interpreter()
    speaker.speak("en")
    yield speaker
    speaker.silence()


def texts_on(window: QWidget) -> dict[str, str]:
    """Every text of the window's widgets and actions, by where it stands."""
    found = {}
    for number, widget in enumerate([window, *window.findChildren(QWidget)]):
        place = f"{number} {type(widget).__name__} {widget.objectName()}"
        found[f"{place} tip"] = widget.toolTip()
        found[f"{place} accessible"] = widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            found[f"{place} text"] = widget.text()
        elif isinstance(widget, QMenu):
            found[f"{place} title"] = widget.title()
        elif isinstance(widget, QTabBar):
            found |= {f"{place} tab {k}": widget.tabText(k) for k in range(widget.count())}
    for action in window.findChildren(QAction):
        if action.objectName():
            found[f"action {action.objectName()}"] = f"{action.text()} | {action.toolTip()}"
    return {place: text for place, text in found.items() if text}


def test_chinese_and_back_gives_every_text_back(studio: Studio, interpreter: Interpreter) -> None:
    before = texts_on(studio.window)
    speak_now(interpreter, "zh_CN")
    studio.showing.show_again()
    chinese = texts_on(studio.window)
    speak_now(interpreter, "en")
    studio.showing.show_again()
    assert texts_on(studio.window) == before
    assert sum(chinese[place] != text for place, text in before.items()) > 0.7 * len(before)


def test_new_labels_are_named_in_the_language_spoken_and_keep_their_names(
    studio: Studio, interpreter: Interpreter
) -> None:
    speak_now(interpreter, "zh_CN")
    studio.window.actions_by_id["new_label"].trigger()
    assert first_classes()[0].name == "结构"
    speak_now(interpreter, "en")
    studio.showing.show_again()
    assert [c.name for c in studio.workbench.palette.classes] == ["Ball", "Shell", "标签 3"]
    assert "标签 3" in [field.text() for field in studio.window.labels.findChildren(QLineEdit, "name")]
    studio.window.actions_by_id["new_label"].trigger()
    assert studio.workbench.palette.classes[-1].name == "Label 4"


def test_the_window_speaks_chinese_at_once(studio: Studio, interpreter: Interpreter) -> None:
    speak_now(interpreter, "zh_CN")
    studio.showing.show_again()
    actions = studio.window.actions_by_id
    assert actions["retrain"].text() == "重新训练"
    assert actions["brush"].toolTip().startswith("画笔 (B)\n绘制")
    studio.window.notices.show_sentence("This project is open to look only, so no scan can be added.")
    assert studio.window.notices.text == "此项目以仅查看方式打开，因此无法添加扫描。"


def test_what_is_undone_is_named_in_the_language_now_spoken(studio: Studio, interpreter: Interpreter) -> None:
    annotation = studio.workbench.annotation
    assert annotation is not None
    assert annotation.begin_stroke(annotation.view, 3, (20.0, 20.0), erase=False)
    annotation.end_stroke()
    assert studio.window.actions_by_id["undo"].text() == "Undo: Paint Ball"
    speak_now(interpreter, "zh_CN")
    studio.showing.show_again()
    assert studio.window.actions_by_id["undo"].text() == "撤销: 绘制 Ball"


def test_the_window_begins_in_the_language_that_is_spoken(
    interpreter: Interpreter, request: pytest.FixtureRequest
) -> None:
    interpreter.speak("zh_CN")
    studio: Studio = request.getfixturevalue("studio")
    begun = texts_on(studio.window)
    speak_now(interpreter, "en")
    speak_now(interpreter, "zh_CN")
    studio.showing.show_again()
    assert texts_on(studio.window) == begun


def test_a_number_has_its_plural(interpreter: Interpreter) -> None:
    assert QCoreApplication.translate("TopBar", "%n new", "", 1) == "1 new"
    interpreter.speak("zh_CN")
    assert QCoreApplication.translate("TopBar", "%n new", "", 5) == "5 个新增"
    assert said("Nobody has said this before.") == "Nobody has said this before."


def test_a_wish_that_is_no_language_follows_the_system() -> None:
    assert language_of("zh_CN") == "zh_CN"
    assert language_of("xx") in LANGUAGES
