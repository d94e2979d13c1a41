"""Another language while the program runs: every text on the screen is recognised and said again."""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from unet_studio.gui.language import Interpreter
from unet_studio.gui.phrasebook import Phrasebook, english_of, fill

_WITH_KEY = re.compile(r"(.*) \(([^()]*)\)")

Say = Callable[[str], str]


def speak_now(interpreter: Interpreter, code: str) -> None:
    """Afterwards the program speaks this language, also where it has spoken already.

    What the user wrote stays: the text of fields is left alone.
    """
    before = interpreter.book
    is_from_english = interpreter.code in ("", "en")
    interpreter.speak(code)
    after = interpreter.book
    known = english_of(after) if is_from_english else before

    def say(text: str) -> str:
        return "\n".join(_resaid(line, known, after) for line in text.split("\n"))

    for widget in QApplication.allWidgets():
        _resay_widget(widget, say)
        for action in widget.findChildren(QAction):
            _resay_action(action, say)


def _resaid(text: str, known: Phrasebook, book: Phrasebook) -> str:
    """A text that ``known`` recognises, as ``book`` says it; in English where that has no word of its own for it."""
    if not text.strip():
        return text
    found = known.recognised(text)
    if found is None:
        with_key = _WITH_KEY.fullmatch(text)
        return f"{_resaid(with_key[1], known, book)} ({with_key[2]})" if with_key else text
    phrase, words = found
    count = int(words["%n"]) if words.get("%n", "").isdigit() else -1
    template = book.translated(phrase.context, phrase.source, count) or phrase.source
    return fill(template, {place: _resaid(word, known, book) for place, word in words.items()})


def _resay_widget(widget: QWidget, say: Say) -> None:
    for read, write in _texts_of(widget):
        text = read()
        if text and (other := say(text)) != text:
            write(other)
    if isinstance(widget, QComboBox):
        for row in range(widget.count()):
            widget.setItemText(row, say(widget.itemText(row)))
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            widget.setTabText(tab, say(widget.tabText(tab)))
            widget.setTabToolTip(tab, say(widget.tabToolTip(tab)))
    widget.update()


def _texts_of(widget: QWidget) -> Iterator[tuple[Callable[[], str], Callable[[str], None]]]:
    yield widget.toolTip, widget.setToolTip
    yield widget.accessibleName, widget.setAccessibleName
    yield widget.accessibleDescription, widget.setAccessibleDescription
    yield widget.windowTitle, widget.setWindowTitle
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text, widget.setText
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title, widget.setTitle
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText, widget.setPlaceholderText


def _resay_action(action: QObject, say: Say) -> None:
    if isinstance(action, QAction) and not action.isSeparator():
        action.setText(say(action.text()))
        action.setToolTip(say(action.toolTip()))
