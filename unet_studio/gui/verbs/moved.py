"""Scans that are no longer where they lay: where to look, and what was found."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.relink import RelinkDialog
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.workbench.jobs import Job
from unet_studio.workbench.relinking import lost_cases, searching
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]


class MovedVerbs:
    """What the user does about scans that were moved."""

    def __init__(self, window: MainWindow, workbench: Workbench, identities: Identities) -> None:
        self._window = window
        self._identities = identities
        self._workbench = workbench
        workbench.lost.connect(self._offer)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {"relink": self._ask}

    def look_in(self, folder: Path) -> None:
        """Afterwards the lost scans of the project are being looked for below ``folder``, and then shown to the user."""
        project = self._workbench.project
        if project is None or project.is_read_only:
            return
        lost = lost_cases(project.saving.store, project.worklist.cases)
        if not lost:
            self._workbench.told(_tr("Every scan of this project is where it was."))
            return

        def open_first() -> None:
            if self._workbench.annotation is None and self._workbench.project is project:
                project.worklist.open(next(c for c in project.worklist.cases if c.id in {case.id for case, _ in lost}))

        def found(places: dict[int, Path]) -> None:
            project.worklist.show_progress(None)
            if self._workbench.project is not project:
                return
            if not places:
                sentence = _tr("None of the {n} missing scans is in {folder}. Choose another folder.")
                self._workbench.told(sentence.format(n=len(lost), folder=folder.name))
            elif RelinkDialog(self._window, [case for case, _ in lost], places, self._identities).exec():
                project.worklist.move(places, open_first)

        def failed(error: Exception) -> None:
            project.worklist.show_progress(None)
            raise error

        self._workbench.opening.submit(
            Job(
                "find moved scans", lambda: searching(lost, folder), done=found, failed=failed,
                progressed=project.worklist.show_progress, cancelled=lambda: project.worklist.show_progress(None),
            )
        )  # fmt: skip

    def _offer(self, sentence: str) -> None:
        self._window.notices.show_sentence(sentence, is_bad=True, button=_tr("Find scans…"), verb=self._ask)

    def _ask(self) -> None:
        start = self._workbench.project.folder.parent if self._workbench.project else Path.home()
        if folder := questions.ask_folder(
            self._window, _tr("Where are the scans now? Folders below are searched, too"), start
        ):
            self.look_in(folder)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MovedVerbs", text)
