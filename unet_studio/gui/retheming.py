"""Another theme while the program runs: everything that was made in one is seen in the other."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from unet_studio.gui.colours import colours_of
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.theme import Theme, dress


def wear_now(application: QApplication, window: MainWindow, theme: Theme) -> None:
    """Afterwards the program is seen in ``theme``; what is made of values has to be shown again.

    Parts that paint for themselves keep the theme in ``_theme``; those that hand colours to others have a verb ``wear``.
    """
    dress(application, theme)
    for part in (window, *window.findChildren(QObject)):
        own = getattr(part, "__dict__", {})
        if isinstance(own.get("_theme"), Theme):
            own["_theme"] = theme
        if callable(wear := getattr(part, "wear", None)):
            wear(theme)
    window.strip.set_colours(colours_of(theme))
    window.canvas.set_colours(colours_of(theme))
