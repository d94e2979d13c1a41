"""Everything the hand or a screen reader can reach has names and a tip, in the window and in every dialog."""

import importlib
import itertools
import pkgutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.gui.test_dialogs import found
from unet_studio.app import open_segmenter
from unet_studio.gui import dialogs
from unet_studio.gui.dialogs.checkpoints import CheckpointsDialog
from unet_studio.gui.dialogs.command_palette import CommandPalette
from unet_studio.gui.dialogs.compare import CompareDialog
from unet_studio.gui.dialogs.export import ExportDialog
from unet_studio.gui.dialogs.guide import GuideDialog
from unet_studio.gui.dialogs.import_labels import ImportLabelsDialog
from unet_studio.gui.dialogs.keys import KeysDialog
from unet_studio.gui.dialogs.pixel_size import PixelSizeDialog
from unet_studio.gui.dialogs.preferences import PreferencesDialog
from unet_studio.gui.dialogs.relink import RelinkDialog
from unet_studio.gui.dialogs.report import ReportDialog
from unet_studio.gui.dialogs.restore import RestoreDialog
from unet_studio.gui.dialogs.scan_facts import ScanFactsDialog
from unet_studio.gui.dialogs.series import SeriesDialog
from unet_studio.gui.dialogs.way import WayDialog
from unet_studio.gui.studio import Studio
from unet_studio.project.backups import Backup
from unet_studio.resources import resource
from unet_studio.workbench.export import FORMATS
from unet_studio.workbench.looking_up import Offer, Option, Question
from unet_studio.workbench.opinions import Opinions

REACHED = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar,
    QTextEdit,
)  # fmt: skip


def _offer(name: str) -> Offer:
    return Offer(name, "MR · 8 × 8 × 4", "Somebody", np.zeros((6, 8), np.uint8), "", can_open=True, is_usual=True)


DIALOGS: dict[type[QDialog], Callable[[Studio, Path], QDialog]] = {
    CheckpointsDialog: lambda app, _: CheckpointsDialog(app.window),
    CommandPalette: lambda app, _: CommandPalette(app.window, app.window.actions_by_id, reasons={}, recent=()),
    CompareDialog: lambda app, _: CompareDialog(
        app.window,
        Opinions(app.workbench, app.relay.post, open_segmenter),
        app.window.canvas,
        app.workbench.palette,
        preferences=app.preferences,
    ),
    ExportDialog: lambda app, folder: ExportDialog(
        app.window, FORMATS, folder=folder, suffix=".nrrd", case="heart", cases=3
    ),
    GuideDialog: lambda app, _: GuideDialog(app.window, resource("guide")),
    ImportLabelsDialog: lambda app, _: ImportLabelsDialog(app.window, found(is_exact=True), has_labels=True),
    KeysDialog: lambda app, _: KeysDialog(app.window, app.preferences),
    PixelSizeDialog: lambda app, _: PixelSizeDialog(app.window, (1.0, 1.0, 3.0), slices=5),
    PreferencesDialog: lambda app, _: PreferencesDialog(app.window, app.preferences, lambda: None),
    RelinkDialog: lambda app, folder: RelinkDialog(
        app.window, app.workbench.project.worklist.cases, {}, app.identities
    ),
    ReportDialog: lambda app, _: ReportDialog(app.window, "What went wrong"),
    RestoreDialog: lambda app, folder: RestoreDialog(
        app.window, "P", (Backup(folder, "2026-05-31T12:00:00+00:00", ()),)
    ),
    ScanFactsDialog: lambda app, _: ScanFactsDialog(app.window, "heart", (("Size", "6 × 5 × 4"),)),
    SeriesDialog: lambda app, _: SeriesDialog(app.window, (_offer("one"), _offer("two"))),
    WayDialog: lambda app, _: WayDialog(
        app.window, Question("heart", "Its slices are not even.", (Option("As taken", (), "Nothing is changed."),))
    ),
}


def classes_of_dialogs() -> set[type[QDialog]]:
    modules = [importlib.import_module(f"{dialogs.__name__}.{m.name}") for m in pkgutil.iter_modules(dialogs.__path__)]
    all_of = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    return {k for k in all_of if issubclass(k, QDialog) and k.__module__.startswith(dialogs.__name__)}


def is_qt_s_own(widget: QWidget) -> bool:
    """A part that Qt makes inside a widget of ours, which speaks for it."""
    parent = widget.parentWidget()
    inside = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, QTabBar)
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar | QHeaderView)
        or (parent is not None and (isinstance(parent, inside) or is_qt_s_own(parent)))
        or type(widget).__name__
        in ("QLineEditIconButton", "QComboBoxPrivateContainer", "QComboBoxListView", "QMenuBarExtension")
    )


def nameless(window: QWidget) -> list[str]:
    ours = [w for w in window.findChildren(QWidget) if isinstance(w, REACHED) and not is_qt_s_own(w)]
    ours = [w for w in ours if w.window() is window]
    assert ours, "nothing to look at"
    lacking = []
    for widget in ours:
        parts = {
            "object name": widget.objectName(),
            "accessible name": widget.accessibleName(),
            "tip": widget.toolTip(),
        }
        if isinstance(widget, QTabBar):
            parts["tip"] = "tip" if all(widget.tabToolTip(n) for n in range(widget.count())) else ""
        if missing := [what for what, text in parts.items() if not text]:
            label = widget.text() if isinstance(widget, QAbstractButton) else ""
            lacking.append(f"{type(widget).__name__} {widget.objectName()!r} {label!r} lacks {', '.join(missing)}")
    return lacking


def tab_stops(window: QWidget) -> list[QWidget]:
    """The widgets that Tab goes through, in its order."""
    stops, at = [], window.nextInFocusChain()
    while at is not window:
        wants = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if wants and at.isVisible() and at.isEnabled() and at.window() is window and at.focusProxy() is None:
            stops.append(at)
        at = at.nextInFocusChain()
    return stops


def backward(window: QWidget) -> list[str]:
    """Where Tab goes up and to the left at once: against the way one reads, whether in rows or in columns."""
    stops = tab_stops(window)
    boxes = [(w, w.mapTo(window, QPoint())) for w in stops]
    return [
        f"{a.objectName() or type(a).__name__} → {b.objectName() or type(b).__name__}"
        for (a, p), (b, q) in itertools.pairwise(boxes)
        if q.y() < p.y() - 8 and q.x() < p.x() - 8
    ]


def test_every_dialog_is_looked_at() -> None:
    assert classes_of_dialogs() == set(DIALOGS), "add the new dialog to DIALOGS"


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda k: k.__name__)
def test_a_dialog_has_names_tips_and_a_sensible_order(
    studio: Studio, qtbot, tmp_path: Path, kind: type[QDialog]
) -> None:
    dialog = DIALOGS[kind](studio, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.objectName() and dialog.accessibleName()
    assert nameless(dialog) == []
    assert backward(dialog) == []


def test_the_window_has_names_tips_and_a_sensible_order(studio: Studio) -> None:
    assert studio.window.objectName()
    assert nameless(studio.window) == []
    stops = tab_stops(studio.window)
    named = [w.objectName() for w in stops]
    assert "" not in named and len({(w.parentWidget(), w.objectName()) for w in stops}) == len(stops)
    regions = [
        "navigateTool",
        "predictButton",
        "caseList",
        "canvas",
        "slice_strip",
        "swatch",
        "newLabel",
        "brushSize",
        "opacity",
    ]
    assert [named.index(name) for name in regions] == sorted(named.index(name) for name in regions)


def test_an_empty_window_has_names_and_tips(app: Studio) -> None:
    assert nameless(app.window) == []
