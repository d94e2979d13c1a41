"""Labels out of the project into files, and out of files into the open case."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from unet_studio.gui.dialogs.export import ExportDialog
from unet_studio.gui.dialogs.import_labels import ImportLabelsDialog
from unet_studio.gui.main_window import MainWindow
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.export import FORMATS, PATIENT_FORMATS, export
from unet_studio.workbench.import_labels import Found, find_labels, import_labels
from unet_studio.workbench.workbench import Workbench

_LABEL_FILES = "*.nii *.nii.gz *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff"


class ExchangeVerbs:
    """What the user does with label files."""

    def __init__(self, window: MainWindow, workbench: Workbench, *, folder: Path) -> None:
        self._window = window
        self._workbench = workbench
        self._export_folder = self._import_folder = folder
        self._export_suffix = ".nii.gz"

    def verbs(self) -> dict[str, Callable[[], object]]:
        """Each command's verb, by id."""
        return {"export": self._export, "import_labels": self._ask_labels}

    def import_file(self, path: Path) -> None:
        """Afterwards the labels of a file are being looked at for the open case, and the user is asked where it matters."""
        find_labels(self._workbench, path, self._found)

    # ---- inside

    def _ask_labels(self) -> None:
        if self._workbench.annotation is None:
            return
        text, _ = QFileDialog.getOpenFileName(
            self._window, _tr("Import labels for this case"), str(self._import_folder),
            f"{_tr('Label maps and segmentations')} ({_LABEL_FILES});;{_tr('All files')} (*)",
        )  # fmt: skip
        if text:
            self._import_folder = Path(text).parent
            self.import_file(Path(text))

    def _found(self, annotation: Annotation, found: Found) -> None:
        has_labels = bool(annotation.label_map.values())
        replaces = False
        if has_labels or not found.is_exact:
            dialog = ImportLabelsDialog(self._window, found, has_labels=has_labels)
            if not dialog.exec() or self._workbench.annotation is not annotation:
                return
            replaces = dialog.replaces
        self._window.notices.show_sentence(import_labels(annotation, self._workbench.palette, found, replaces=replaces))

    def _export(self) -> None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or not project.worklist.cases:
            return
        dialog = ExportDialog(
            self._window, FORMATS, folder=self._export_folder, suffix=self._export_suffix,
            case=annotation.case.name if annotation else "", cases=len(project.worklist.cases),
            patient_formats=PATIENT_FORMATS,
        )  # fmt: skip
        if not dialog.exec():
            return
        choice = dialog.choice
        self._export_folder, self._export_suffix = choice.folder, choice.suffix
        cases = project.worklist.cases if choice.is_all or annotation is None else (annotation.case,)
        export(
            project, self._workbench.opening, cases, choice.folder, choice.suffix, self._workbench.palette.classes,
            done=self._exported, told=self._workbench.told, progressed=project.worklist.show_progress,
            is_deidentified=choice.is_deidentified,
        )  # fmt: skip

    def _exported(self, files: list[Path]) -> None:
        what = files[0].name if len(files) == 1 else _tr("{n} files").format(n=len(files))
        folder = files[0].parent
        self._window.notices.show_sentence(
            _tr("Exported {what} to {folder}.").format(what=what, folder=folder), button=_tr("Show"),
            verb=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
        )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExchangeVerbs", text)
