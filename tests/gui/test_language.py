"""Another language while the program runs, and back."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QMenu, QTabBar, QWidget

from unet_studio.gui.dialogs.series import SeriesDialog
from unet_studio.gui.first_names import first_classes
from unet_studio.gui.language import LANGUAGES, Interpreter, language_of, said
from unet_studio.gui.resaying import speak_now
from unet_studio.gui.studio import Studio
from unet_studio.workbench.looking_up import Offer


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


def test_each_warning_of_a_series_is_said_in_the_language_spoken(qtbot, interpreter: Interpreter) -> None:
    warnings = (
        "The spacing of Neck LAT is that on the detector, not calibrated: lengths in the patient are smaller.",
        "The position and orientation of Neck LAT in the patient are not stored: left and right are unknown.",
    )
    offer = Offer("Neck LAT", "CR · 16 × 16 × 1", "Somebody", None, "\n".join(warnings), can_open=True, is_usual=True)
    interpreter.speak("zh_CN")
    dialog = SeriesDialog(None, [offer])
    qtbot.addWidget(dialog)
    item = dialog.findChild(QListWidget).item(0)
    chinese = (
        "Neck LAT 的间距为探测器上的间距，未经校准：患者体内的长度更小。",
        "Neck LAT 未存储在患者体内的位置和方向：左右未知。",
    )
    for text in (item.text(), item.toolTip()):
        assert text.endswith("\n".join(chinese))
    assert said("Imported 1 label from x.nii.gz. " + " ".join(warnings)) == "已从 x.nii.gz 导入 1 个标签。" + "".join(
        chinese
    )


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
