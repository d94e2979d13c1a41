"""How to open a scan that is no even, right stack, or is suspiciously large: one question, a few answers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.language import said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID, mark
from unet_studio.workbench.looking_up import Question

_INDENT = 22  # logical pixels: where the text of a radio button begins


class WayDialog(QDialog):
    """Asks once; ``chosen`` is the index of the answer marked, at first the usual one."""

    def __init__(self, parent: QWidget, question: Question) -> None:
        super().__init__(parent)
        self.setObjectName("way")
        self.setAccessibleName(self.tr("How to open the scan"))
        self.setWindowTitle(self.tr("Open {name}").format(name=question.name))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._label("sentence", said(question.sentence)))
        layout.addSpacing(GRID)
        self._answers = QButtonGroup(self)
        for index, option in enumerate(question.options):
            answer = QRadioButton(said(option.text), self)
            answer.setObjectName(f"option{index}")
            answer.setAccessibleName(answer.text())
            answer.setToolTip(said(option.note) or answer.text())
            answer.setChecked(index == 0)
            answer.setVisible(len(question.options) > 1)
            self._answers.addButton(answer, index)
            layout.addWidget(answer)
            about = "\n".join(part for part in (said(option.note), option.facts) if part)
            if about:
                note = self._label(f"about{index}", about)
                note.setProperty("role", "dim")
                note.setContentsMargins(_INDENT, 0, 0, GRID)
                layout.addWidget(note)
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Cancel, self)
        only = said(question.options[0].text) if len(question.options) == 1 else self.tr("Open")
        go = QPushButton(only, self)
        mark(go, "primary")
        go.setObjectName("go")
        go.setAccessibleName(only)
        go.setToolTip(self.tr("Opens the scan in the way that is marked"))
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)

    @property
    def chosen(self) -> int:
        """The index of the answer marked."""
        return self._answers.checkedId()

    def _label(self, name: str, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
