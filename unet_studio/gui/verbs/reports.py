"""A case on one page, to keep or to print."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from unet_studio.gui.identities import Identities
from unet_studio.gui.language import said
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.printing import pdf_of
from unet_studio.workbench.case_report import CaseReport, page, report_case
from unet_studio.workbench.export import file_name, write_file
from unet_studio.workbench.workbench import Workbench


class ReportVerbs:
    """What the user does with reports."""

    def __init__(self, window: MainWindow, workbench: Workbench, identities: Identities, *, folder: Path) -> None:
        self._window = window
        self._identities = identities
        self._workbench = workbench
        self._folder = folder

    def verbs(self) -> dict[str, Callable[[], object]]:
        """Each command's verb, by id."""
        return {"case_report": self._ask}

    def _ask(self) -> None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or annotation is None:
            return
        name = file_name(self._identities.case(annotation.case))
        text, kind = QFileDialog.getSaveFileName(
            self._window, _tr("Save the report of this case"), str(self._folder / f"{name}.pdf"),
            f"{_tr('PDF')} (*.pdf);;{_tr('Web page')} (*.html)",
        )  # fmt: skip
        if not text:
            return
        path = Path(text)
        if path.suffix.lower() not in (".pdf", ".html"):
            path = path.with_name(f"{path.name}{'.html' if 'html' in kind else '.pdf'}")
        self._folder = path.parent
        report_case(
            project, self._workbench.opening, annotation.case, done=lambda report: self.save(path, report),
            told=self._workbench.told, progressed=project.worklist.show_progress,
        )  # fmt: skip

    def save(self, path: Path, report: CaseReport) -> None:
        """Afterwards the report is being written to ``path``, as a PDF or an HTML page by its ending."""
        text = page(report, said)
        content = text.encode() if path.suffix.lower() == ".html" else pdf_of(text, title=report.case)
        write_file(self._workbench.opening, path, content, done=self._saved, told=self._workbench.told)

    def _saved(self, path: Path) -> None:
        self._window.notices.show_sentence(
            _tr("The report is in {file}.").format(file=path.name), button=_tr("Show"),
            verb=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportVerbs", text)
