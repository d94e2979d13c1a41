"""The settings that a user sees, and how each is set."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from unet_studio.gui.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Preference:
    """One setting by its ``name`` in ``Settings``. ``choices`` are (value, text); ``limits`` in the setting's own unit."""

    name: str
    group: str
    text: str
    tip: str
    kind: Literal["choice", "switch", "share", "length"]
    choices: tuple[tuple[str, str], ...] = ()
    limits: tuple[float, float] = (0.0, 1.0)

    def spoken(self, value: object) -> str:
        """A value as the user reads it."""
        if self.kind == "choice":
            return said(dict(self.choices).get(str(value), str(value)))
        if self.kind == "switch":
            return said("on" if value else "off")
        return f"{value:.0%}" if self.kind == "share" else f"{value:.1f} mm"


def said(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("Preferences", text)


def _row(
    name: str, group: object, text: object, tip: object, kind: Literal["choice", "switch", "share", "length"],
    choices: tuple[tuple[str, object], ...] = (), limits: tuple[float, float] = (0.0, 1.0),
) -> Preference:  # fmt: skip
    words = tuple((value, str(word)) for value, word in choices)
    return Preference(name, str(group), str(text), str(tip), kind, words, limits)


_LOOK = QT_TRANSLATE_NOOP("Preferences", "Look")
_HAND = QT_TRANSLATE_NOOP("Preferences", "Hand")
_NETWORK = QT_TRANSLATE_NOOP("Preferences", "Network")
_WORDS = (QT_TRANSLATE_NOOP("Preferences", "on"), QT_TRANSLATE_NOOP("Preferences", "off"))
PREFERENCES: tuple[Preference, ...] = (
    _row(
        "theme", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Theme"),
        QT_TRANSLATE_NOOP("Preferences", "Dark is easier on the eye in a reading room"), "choice",
        (("dark", QT_TRANSLATE_NOOP("Preferences", "Dark")), ("light", QT_TRANSLATE_NOOP("Preferences", "Light")),
         ("system", QT_TRANSLATE_NOOP("Preferences", "As the system"))),
    ),
    _row(
        "language", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Language"),
        QT_TRANSLATE_NOOP("Preferences", "Of menus, messages and the guide"), "choice",
        (("", QT_TRANSLATE_NOOP("Preferences", "As the system")), *LANGUAGES.items()),
    ),
    _row(
        "label_opacity", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Opacity of labels"),
        QT_TRANSLATE_NOOP("Preferences", "How strongly labels cover the scan"), "share",
    ),
    _row(
        "shows_outlines", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Outlines only"),
        QT_TRANSLATE_NOOP("Preferences", "Labels are not filled"), "switch",
    ),
    _row(
        "interpolation", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Enlarged slices"),
        QT_TRANSLATE_NOOP("Preferences", "Smooth, or each pixel as it was scanned"), "choice",
        (("smooth", QT_TRANSLATE_NOOP("Preferences", "Smooth")), ("nearest", QT_TRANSLATE_NOOP("Preferences", "Single pixels"))),
    ),
    _row(
        "is_mirrored", _HAND, QT_TRANSLATE_NOOP("Preferences", "Left-handed window"),
        QT_TRANSLATE_NOOP("Preferences", "Labels, brush and network on the left, cases on the right"), "switch",
    ),
    _row(
        "swaps_buttons", _HAND, QT_TRANSLATE_NOOP("Preferences", "Swap the mouse buttons on the slice"),
        QT_TRANSLATE_NOOP("Preferences", "The right button draws and the left one erases"), "switch",
    ),
    _row(
        "brush_radius", _HAND, QT_TRANSLATE_NOOP("Preferences", "Brush radius"),
        QT_TRANSLATE_NOOP("Preferences", "In pixels where a scan tells no spacing; each project remembers its own"), "length",
        limits=(0.25, 200.0),
    ),
    _row(
        "brush_follows_pressure", _HAND, QT_TRANSLATE_NOOP("Preferences", "Pen pressure sets the size"),
        QT_TRANSLATE_NOOP("Preferences", "A pen that is pressed lightly paints with a smaller brush"), "switch",
    ),
    _row(
        "hides_identities", _LOOK, QT_TRANSLATE_NOOP("Preferences", "Hide identities"),
        QT_TRANSLATE_NOOP("Preferences", "For demonstrations: names of cases, projects and files give way to numbers"), "switch",
    ),
    _row(
        "key_preset", _HAND, QT_TRANSLATE_NOOP("Preferences", "Keys as in"),
        QT_TRANSLATE_NOOP("Preferences", "The keys of a program your hands know; single keys under Help, Keys"), "choice",
        (("studio", "Studio"), ("slicer", "3D Slicer"), ("snap", "ITK-SNAP"), ("napari", "napari")),
    ),
    _row(
        "training_budget", _NETWORK, QT_TRANSLATE_NOOP("Preferences", "Time to train"),
        QT_TRANSLATE_NOOP("Preferences", "How long one Retrain takes"), "choice",
        (("quick", QT_TRANSLATE_NOOP("Preferences", "1 minute")), ("normal", QT_TRANSLATE_NOOP("Preferences", "up to 5 minutes")),
         ("thorough", QT_TRANSLATE_NOOP("Preferences", "up to 30 minutes"))),
    ),
    _row(
        "device", _NETWORK, QT_TRANSLATE_NOOP("Preferences", "Where the network runs"),
        QT_TRANSLATE_NOOP("Preferences", "From the next checkpoint or training on"), "choice",
        (("auto", QT_TRANSLATE_NOOP("Preferences", "The best there is")), ("cpu", QT_TRANSLATE_NOOP("Preferences", "Processor")),
         ("cuda", QT_TRANSLATE_NOOP("Preferences", "NVIDIA card")), ("mps", QT_TRANSLATE_NOOP("Preferences", "Apple graphics"))),
    ),
)  # fmt: skip
