"""Buttons that Qt makes for a dialog, with the names and tips that all of ours have."""

from PySide6.QtWidgets import QDialogButtonBox, QWidget

Kind = QDialogButtonBox.StandardButton


def standard_buttons(kind: QDialogButtonBox.StandardButton, parent: QWidget) -> QDialogButtonBox:
    """A box with one standard button, such as Close; Enter elsewhere in the dialog does not press it."""
    box = QDialogButtonBox(kind, parent)
    box.setObjectName("buttons")
    button = box.button(kind)
    text = button.text().replace("&", "")
    button.setObjectName({Kind.Close: "close", Kind.Cancel: "cancel"}.get(kind, "standard"))
    button.setAccessibleName(text)
    button.setToolTip(f"{text} (Esc)")
    button.setAutoDefault(False)
    return box
