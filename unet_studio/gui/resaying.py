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
from unet_studio.gui.phrasebook import Phrase, Phrasebook, Prefer, english_of, fill

_WITH_KEY = re.compile(r"(.*) \(([^()]*)\)")

Say = Callable[[str], str]


def speak_now(interpreter: Interpreter, code: str) -> None:
    """Afterwards the program speaks this language, also where it has spoken already.

    What the user wrote stays: the text of fields is left alone.
    """
    before = interpreter.book
    is_from_english = interpreter.code in ("", "en")
    interpreter.speak(code)
    resayer = _Resayer(english_of(interpreter.book) if is_from_english else before, interpreter.book)
    for widget in QApplication.allWidgets():
        _resay_widget(widget, resayer.for_widget(widget))
    for window in QApplication.topLevelWidgets():
        for action in window.findChildren(QAction):
            _resay_action(action, resayer.for_context("Commands"))


class _Resayer:
    """Recognises texts by the language spoken before and says them in the one spoken now."""

    def __init__(self, known: Phrasebook, book: Phrasebook) -> None:
        self._known = known
        self._book = book

    def for_widget(self, widget: QWidget) -> Say:
        """Says what stands on this widget; of texts said alike, the one of its own class or of one it lies in."""
        contexts: list[str] = []
        parent: QWidget | None = widget
        while parent is not None:
            contexts += [kind.__name__ for kind in type(parent).__mro__]
            parent = parent.parentWidget()
        is_heading = widget.property("role") == "heading"

        def prefer(phrase: Phrase) -> int:
            is_near = phrase.context in contexts
            return -contexts.index(phrase.context) * 2 - (phrase.source.isupper() != is_heading) if is_near else -9999

        return lambda text: "\n".join(self._say(line, prefer) for line in text.split("\n"))

    def for_context(self, context: str) -> Say:
        """Says texts that are most likely of this context."""
        return lambda text: "\n".join(self._say(line, lambda p: int(p.context == context)) for line in text.split("\n"))

    def _say(self, text: str, prefer: Prefer) -> str:
        """A text as it is said now: in English where there is no word of its own for it; itself where it is unknown."""
        if with_key := _WITH_KEY.fullmatch(text):
            return f"{self._say(with_key[1], prefer)} ({with_key[2]})"
        found = self._known.recognised(text, prefer)
        if found is None:
            return text
        said = self._filled(*found, prefer)
        return said if text.endswith("…") else said.removesuffix("…")

    def _filled(self, phrase: Phrase, words: dict[str, str], prefer: Prefer) -> str:
        count = int(words["%n"]) if words.get("%n", "").isdigit() else -1
        template = self._book.translated(phrase.context, phrase.source, count) or phrase.source
        return fill(template, {place: self._say(word, prefer) for place, word in words.items()})


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
        before, tip = action.text().removesuffix("…"), action.toolTip()
        action.setText(say(action.text()))
        after = action.text().removesuffix("…")
        called, line, more = tip.partition("\n")
        is_its_name = called == before or called.startswith(f"{before} (")  # other commands may be called alike
        called = after + called[len(before) :] if is_its_name else say(called)
        action.setToolTip(f"{called}{line}{say(more)}")
