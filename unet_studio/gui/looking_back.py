"""What the side of the window shows of the open case besides its labels: history and statistics."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from unet_studio.errors import StudioError
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.panels.history import SIDE
from unet_studio.gui.panels.statistics import Figures
from unet_studio.gui.thumbnail import change_picture
from unet_studio.labels.slice_statistics import Measured
from unet_studio.project.records import Change
from unet_studio.workbench.export import file_name
from unet_studio.workbench.figures import Figure, compared, save_table, table
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
SHARP = 2  # pictures are made for screens of twice the pixels


class LookingBack:
    """Keeps both panels true to the workbench and does what the user asks of them."""

    def __init__(
        self, window: MainWindow, workbench: Workbench, preferences: Preferences, identities: Identities
    ) -> None:
        self._window = window
        self._identities = identities
        self._workbench = workbench
        self._preferences = preferences
        self._later = QTimer(window)  # a hand that draws is not made to wait for a list
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_history)
        window.history.travelled.connect(self._travel)
        window.statistics.compared.connect(self._compare)
        window.statistics.copy_asked.connect(self._copy)
        window.statistics.export_asked.connect(self._export)
        window.side.turned.connect(lambda name: preferences.change(side_tab=name))
        workbench.case_changed.connect(self._show_case)
        workbench.palette.classes_changed.connect(self._show_classes)
        workbench.measuring.changed.connect(self._show_statistics)
        preferences.changed.connect(self.show_tab)
        identities.switched.connect(self._show_statistics)
        self._show_case()

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        tabs = ("labels", "history", "statistics")
        return {f"side_{name}": partial(self._preferences.change, side_tab=name) for name in tabs}

    def show_again(self) -> None:
        """Another language is spoken."""
        self._show_history()
        self._show_statistics()

    def show_tab(self) -> None:
        """Afterwards the tab of the settings is seen, and what stands there is true."""
        tab = self._preferences.settings.side_tab
        self._window.side.show_tab(tab)
        self._window.actions_by_id[f"side_{tab}"].setChecked(True)
        self._workbench.measuring.set_wanted(is_wanted=tab == "statistics")
        if tab == "history":
            self._later.start(0)

    # ---- inside

    def _show_case(self) -> None:
        self._window.history.forget_pictures()
        annotation = self._workbench.annotation
        if annotation is not None:
            annotation.history_changed.connect(lambda: self._later.start(0))
        project = self._workbench.project
        if project is not None:
            project.worklist.changed.connect(self._show_statistics)
        self._show_history()
        self._show_statistics()

    def _show_classes(self) -> None:
        self._window.history.forget_pictures()
        self._later.start(0)
        self._show_statistics()

    def _show_history(self) -> None:
        annotation = self._workbench.annotation
        history = annotation.history if annotation is not None else None
        is_seen = self._preferences.settings.side_tab == "history"
        if history is None or is_seen:
            entries, depth = (history.entries, history.depth) if history else ([], 0)
            self._window.history.show_history(entries, depth, picture=self._picture)

    def _picture(self, change: Change) -> QImage | None:
        annotation, viewport = self._workbench.annotation, self._workbench.viewport
        if change.edit is None or change.edit.is_empty or annotation is None or viewport.volume is None:
            return None
        return change_picture(
            change.edit, viewport.volume, annotation.view,
            classes=self._workbench.palette.classes, window=viewport.window, side=SHARP * SIDE,
        )  # fmt: skip

    def _travel(self, depth: int) -> None:
        annotation = self._workbench.annotation
        if annotation is not None and depth != annotation.history.depth:
            annotation.travel(depth - annotation.history.depth)

    def _show_statistics(self) -> None:
        panel, project, annotation = self._window.statistics, self._workbench.project, self._workbench.annotation
        if project is None or annotation is None:
            panel.show_figures(())
            panel.show_others({}, 0)
            return
        measuring = self._workbench.measuring
        volume = self._workbench.viewport.volume
        unit = " HU" if volume is not None and volume.modality == "CT" else ""
        panel.show_figures([_figures_of(f, unit) for f in self._figures()])
        others = {c.id: self._identities.case(c) for c in project.worklist.cases if c.id != annotation.case.id}
        panel.show_others(others, measuring.earlier.case_id if measuring.earlier else 0)

    def _figures(self) -> Sequence[Figure]:
        measuring, classes = self._workbench.measuring, self._workbench.palette.classes
        return compared(measuring.figures, classes, measuring.earlier)

    def _compare(self, case_id: int) -> None:
        project = self._workbench.project
        if project is not None:
            case = next((c for c in project.worklist.cases if c.id == case_id), None)
            self._workbench.measuring.compare(case)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(table(self._figures(), separator="\t"))
        self._window.notices.show_sentence(_tr("The figures are copied as a table."))

    def _export(self) -> None:
        annotation = self._workbench.annotation
        if annotation is None:
            return
        folder = Path(self._preferences.settings.last_folder or Path.home())
        start = str(folder / f"{file_name(self._identities.case(annotation.case))}.csv")
        text, _ = QFileDialog.getSaveFileName(self._window, _tr("Save statistics"), start, "CSV (*.csv)")
        if text:
            path = Path(text)
            try:
                save_table(path, self._figures())
            except StudioError as error:
                self._window.notices.show_sentence(str(error), is_bad=True)
            else:
                self._window.notices.show_sentence(_tr("Saved as {file}.").format(file=path.name))


def _figures_of(figure: Figure, unit: str) -> Figures:
    one, label = figure.measured, figure.label
    if one.volume_ml is None:
        size, extent = _tr("{n} voxels").format(n=f"{one.voxels:,}"), _slices(one)
    else:
        size = f"{_ml(one.volume_ml)} ml"
        extent = f"{_slices(one)} · {_tr('{n} voxels').format(n=f'{one.voxels:,}')}"
    spread = _tr("{mean} ± {sd}{unit} ({low} to {high})").format(
        mean=_number(one.mean), sd=_number(one.standard_deviation), unit=unit, low=_number(one.minimum),
        high=_number(one.maximum),
    )  # fmt: skip
    return Figures(label.name, label.colour, size, extent, spread if one.voxels else "", _change(figure))


def _slices(one: Measured) -> str:
    return QCoreApplication.translate("LookingBack", "%n slice(s)", "", one.slices)


def _change(figure: Figure) -> str:
    if figure.earlier_voxels is None:
        return ""
    share = "" if figure.share is None else f" ({figure.share:+.1%})"
    if figure.measured.volume_ml is not None and figure.earlier_ml is not None:
        by = figure.measured.volume_ml - figure.earlier_ml
        text = f"{'+' if by >= 0 else '−'}{_ml(abs(by))} ml{share}"
        return _tr("{change} from {size} ml").format(change=text, size=_ml(figure.earlier_ml))
    by = figure.measured.voxels - figure.earlier_voxels
    return _tr("{change} from {n} voxels").format(change=f"{by:+,}{share}", n=f"{figure.earlier_voxels:,}")


def _ml(ml: float) -> str:
    return f"{ml:,.0f}" if ml >= 1000 else f"{ml:.1f}" if ml >= 1 else f"{ml:.3f}"


def _number(value: float) -> str:
    size = abs(value)
    text = f"{size:.0f}" if size >= 1000 or size.is_integer() else f"{size:.1f}" if size >= 10 else f"{size:.3g}"
    return f"−{text}" if value < 0 else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookingBack", text)
