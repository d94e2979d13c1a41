"""The user's own marks on cases: flag and comment."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from unet_studio.gui.dialogs import questions
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.project.films import Film, films
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]


class MarkVerbs:
    """What the user does to find a case again."""

    def __init__(self, window: MainWindow, workbench: Workbench, identities: Identities) -> None:
        self._window = window
        self._identities = identities
        self._workbench = workbench

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "case_flag": lambda: self._flag(self._here()),
            "case_comment": lambda: self._comment(self._here()),
            "case_filter": self._window.cases.focus_filter,
        }

    def add_to(self, menu: QMenu, case: Film) -> None:
        """Afterwards the menu of a case has the entries that mark it, all its frames alike."""
        project = self._workbench.project
        text = _tr("Remove the flag") if case.is_flagged else _tr("Flag")
        flag = menu.addAction(text, partial(self._flag, case))
        comment = menu.addAction(_tr("Comment…"), partial(self._comment, case))
        for action in (flag, comment):
            action.setEnabled(project is not None and not project.is_read_only)

    def _here(self) -> Film | None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or annotation is None:
            return None
        return next((f for f in films(project.worklist.cases) if f.place(annotation.case.id) >= 0), None)

    def _flag(self, film: Film | None) -> None:
        if film is not None and self._workbench.project is not None:
            for case in film.cases:
                self._workbench.project.worklist.mark(case, is_flagged=not film.is_flagged, comment=case.comment)

    def _comment(self, film: Film | None) -> None:
        if film is None or self._workbench.project is None:
            return
        title = _tr("Comment on {case}").format(case=self._identities.case(film))
        text = questions.ask_line(self._window, title, _tr("Comment"), film.comment)
        if text is not None and text != film.comment:
            for case in film.cases:
                self._workbench.project.worklist.mark(case, is_flagged=case.is_flagged, comment=text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkVerbs", text)
