"""Short questions: which folder, which of two, are you sure."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from unet_studio.gui.language import said
from unet_studio.gui.theme import GRID
from unet_studio.project.records import CheckpointRecord

SUFFIX = ".unetstudio"


def ask_new_project(parent: QWidget, start: Path) -> tuple[Path, str] | None:
    """The folder for a new project and its name; None where the user thought better of it."""
    text, _ = QFileDialog.getSaveFileName(
        parent, _tr("New project: name and place"), str(start / _tr("My project")), ""
    )
    if not text:
        return None
    folder = Path(text)
    name = folder.name.removesuffix(SUFFIX)
    return folder.with_name(name + SUFFIX), name


def ask_project(parent: QWidget, start: Path) -> Path | None:
    """The folder of a project; None where the user thought better of it."""
    text = QFileDialog.getExistingDirectory(parent, _tr("Open a project (a folder ending in .unetstudio)"), str(start))
    return Path(text) if text else None


def ask_scans(parent: QWidget, start: Path) -> list[Path]:
    """The scans to open; empty where the user thought better of it."""
    scans = "*.nii *.nii.gz *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.jpg *.jpeg *.tif *.tiff"
    texts, _ = QFileDialog.getOpenFileNames(
        parent, _tr("Open scans"), str(start), f"{_tr('Scans')} ({scans});;{_tr('All files')} (*)"
    )
    return [Path(text) for text in texts]


def ask_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """A folder; None where the user thought better of it."""
    text = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(text) if text else None


def ask_name(parent: QWidget, title: str, name: str) -> str | None:
    """Another name; None where the user thought better of it or left it empty."""
    return ask_line(parent, title, _tr("Name"), name) or None


def ask_line(parent: QWidget, title: str, what: str, text: str) -> str | None:
    """A line of text in place of ``text``, without spaces around it; None where the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("line")
    dialog.setWindowTitle(title)
    dialog.setLabelText(what)
    dialog.setTextValue(text)
    dialog.resize(60 * GRID, dialog.sizeHint().height())
    return dialog.textValue().strip() if dialog.exec() else None


def ask_sure(parent: QWidget, title: str, sentence: str, verb: str) -> bool:
    """Whether the user really wants it; ``verb`` stands on the button."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, said(sentence), QMessageBox.StandardButton.Cancel, parent)
    box.setObjectName("sure")
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is yes


def ask_stack(parent: QWidget, count: int) -> bool | None:
    """Whether a folder of pictures is one stack of slices (True) or single cases (False); None to open none."""
    sentence = _tr("These are {count} pictures of one size. Are they the slices of one stack, or cases of their own?")
    box = QMessageBox(QMessageBox.Icon.Question, _tr("Pictures"), sentence.format(count=count), parent=parent)
    box.setObjectName("stack")
    box.addButton(QMessageBox.StandardButton.Cancel)
    stack = box.addButton(_tr("One stack"), QMessageBox.ButtonRole.AcceptRole)
    single = box.addButton(_tr("Single cases"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    return True if box.clickedButton() is stack else False if box.clickedButton() is single else None


def ask_promotion(parent: QWidget, record: CheckpointRecord) -> bool:
    """Whether to use a new checkpoint although it scored lower on the held-out slices."""
    card = record.card
    assert card.before is not None
    names = {c.value: c.name for c in card.label_classes}
    rows = "\n".join(
        f"{names.get(value, value)}: {card.before.dice.get(value, 0.0):.3f} → {dice:.3f}"
        for value, dice in sorted(card.scores.dice.items())
    )
    before, after = card.before.mean or 0.0, card.scores.mean or 0.0
    sentence = _tr("{name} scored lower on the held-out slices than the checkpoint in use: {before:.3f} → {after:.3f}.")
    box = QMessageBox(
        QMessageBox.Icon.Question, _tr("Use the new checkpoint?"),
        sentence.format(name=record.name, before=before, after=after) + "\n\n" + rows, parent=parent,
    )  # fmt: skip
    box.setObjectName("promotion")
    keep = box.addButton(_tr("Keep the one before"), QMessageBox.ButtonRole.RejectRole)
    use = box.addButton(_tr("Use the new one"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is use


def _tr(text: str) -> str:
    return QCoreApplication.translate("questions", text)
