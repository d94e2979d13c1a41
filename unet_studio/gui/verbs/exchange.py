"""Labels out of the project into files, and out of files into the open case."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QRegion
from PySide6.QtWidgets import QFileDialog, QWidget

from unet_studio.gui.canvas import Canvas
from unet_studio.gui.dialogs.export import ExportDialog
from unet_studio.gui.dialogs.import_labels import ImportLabelsDialog
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.project.films import films
from unet_studio.project.records import Case
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.export import FORMATS, PATIENT_FORMATS, export, export_picture, file_name
from unet_studio.workbench.import_film import Drawn, import_film, look_at_others
from unet_studio.workbench.import_labels import Found, find_labels, import_labels
from unet_studio.workbench.workbench import Workbench

_LABEL_FILES = "*.nii *.nii.gz *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff"


class ExchangeVerbs:
    """What the user does with label files."""

    def __init__(self, window: MainWindow, workbench: Workbench, identities: Identities, *, folder: Path) -> None:
        self._window = window
        self._identities = identities
        self._workbench = workbench
        self._export_folder, self._usual_folder = folder, folder
        self._import_folder: Path | None = None  # of the last file
        self._export_suffix = ".nii.gz"

    def verbs(self) -> dict[str, Callable[[], object]]:
        """Each command's verb, by id."""
        return {"export": self._export, "import_labels": self._ask_labels, "export_picture": self._export_picture}

    def import_file(self, path: Path) -> None:
        """Afterwards the labels of a file are being looked at for the open case, and the user is asked where it matters."""
        find_labels(self._workbench, path, self._found)

    # ---- inside

    def _ask_labels(self) -> None:
        if (annotation := self._workbench.annotation) is None:
            return
        scan = annotation.case.absolute_path
        beside = Path(scan).parent if scan else self._usual_folder  # where labels often lie
        start = self._import_folder or (beside if beside.is_dir() else self._usual_folder)
        text, _ = QFileDialog.getOpenFileName(
            self._window, _tr("Import labels for this case"), str(start),
            f"{_tr('Label maps and segmentations')} ({_LABEL_FILES});;{_tr('All files')} (*)",
        )  # fmt: skip
        if text:
            self._import_folder = Path(text).parent
            self.import_file(Path(text))

    def _found(self, annotation: Annotation, found: Found) -> None:
        if not found.others:
            self._import(annotation, found, {})
            return
        look_at_others(self._workbench, annotation, found, lambda drawn: self._import(annotation, found, drawn))

    def _import(self, annotation: Annotation, found: Found, others: Mapping[Case, Drawn]) -> None:
        has_labels = bool(annotation.label_map.values()) or any(labels.any() for labels, _, _ in others.values())
        replaces = False
        if has_labels or not found.is_exact:
            dialog = ImportLabelsDialog(self._window, found, has_labels=has_labels, shown=self._identities.shown)
            if not dialog.exec() or self._workbench.annotation is not annotation:
                return
            replaces = dialog.replaces
        self._window.notices.show_sentence(
            import_film(self._workbench, annotation, found, others, replaces=replaces)
            if others else import_labels(annotation, self._workbench.palette, found, replaces=replaces)
        )  # fmt: skip

    def _export(self) -> None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or not project.worklist.cases:
            return
        film = project.worklist.film(annotation.case) if annotation else None
        dialog = ExportDialog(
            self._window, FORMATS, folder=self._export_folder, suffix=self._export_suffix,
            case=self._identities.case(film) if film else "", cases=len(films(project.worklist.cases)),
            frames=len(film.cases) if film else 1, patient_formats=PATIENT_FORMATS,
        )  # fmt: skip
        if not dialog.exec():
            return
        choice = dialog.choice
        self._export_folder, self._export_suffix = choice.folder, choice.suffix
        cases = project.worklist.cases if choice.is_all or film is None else film.cases
        export(
            project, self._workbench.opening, cases, choice.folder, choice.suffix, self._workbench.palette.classes,
            done=self._exported, told=self._workbench.told, progressed=project.worklist.show_progress,
            is_deidentified=choice.is_deidentified,
        )  # fmt: skip

    def _export_picture(self) -> None:
        annotation, viewport = self._workbench.annotation, self._workbench.viewport
        if annotation is None:
            return
        pixels = pixels_of(self._window.canvas)  # as it is now, before a dialog lies over it
        name = f"{file_name(self._identities.case(annotation.case))} {viewport.view.plane} {viewport.index + 1}.png"
        text, _ = QFileDialog.getSaveFileName(
            self._window, _tr("Export the picture"), str(self._export_folder / name), f"{_tr('Pictures')} (*.png)"
        )
        if not text:
            return
        path = Path(text) if text.lower().endswith(".png") else Path(f"{text}.png")
        self._export_folder = path.parent
        export_picture(
            self._workbench.opening, path, pixels, done=lambda path: self._exported([path]), told=self._workbench.told
        )

    def _exported(self, files: list[Path]) -> None:
        what = files[0].name if len(files) == 1 else _tr("{n} files").format(n=len(files))
        folder = files[0].parent
        self._window.notices.show_sentence(
            _tr("Exported {what} to {folder}.").format(what=what, folder=folder), button=_tr("Show"),
            verb=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
        )  # fmt: skip


def pixels_of(canvas: Canvas) -> NDArray[np.uint8]:
    """What the canvas shows, without what lies over it: (row, column, red green blue), as fine as the screen."""
    ratio = canvas.devicePixelRatioF()
    image = QImage(canvas.size() * ratio, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    canvas.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExchangeVerbs", text)
