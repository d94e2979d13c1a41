"""The File menu and the list of cases: scans, projects, export."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu

from unet_studio.gui.case_order import reviewed_share
from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.restore import RestoreDialog
from unet_studio.gui.dialogs.series import SeriesDialog
from unet_studio.gui.dialogs.way import WayDialog
from unet_studio.gui.first_names import first_classes
from unet_studio.gui.identities import Identities
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.verbs.exchange import ExchangeVerbs
from unet_studio.project.backups import Backup
from unet_studio.project.films import Film, films, frame_name
from unet_studio.workbench.looking_up import Offer, Question
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.workbench import Project, Workbench

Verbs = dict[str, Callable[[], object]]


class ProjectVerbs:
    """What the user does with projects, cases and files. ``open_sample`` opens a fresh or earlier copy of the sample."""

    def __init__(
        self, window: MainWindow, workbench: Workbench, preferences: Preferences, identities: Identities, *,
        projects_folder: Path, open_sample: Callable[[], None],
    ) -> None:  # fmt: skip
        self._window = window
        self._workbench = workbench
        self._preferences = preferences
        self._projects_folder = projects_folder
        self._identities = identities
        self._open_sample = open_sample
        self.add_marks: Callable[[QMenu, Film], None] = lambda *_: None  # flag and comment, which are another's
        self._wanted: list[Path] = []  # scans that wait for a project to be made
        self.exchange = ExchangeVerbs(window, workbench, identities, folder=projects_folder)
        window.dropped.connect(self.open_paths)
        window.cases.chosen.connect(self._open_case)
        window.cases.menu_asked.connect(self._case_menu)
        window.recent.aboutToShow.connect(self._fill_recent)
        workbench.project_changed.connect(self._project_changed)
        workbench.stack_asked.connect(self._ask_stack)
        workbench.series_asked.connect(self._ask_series)
        workbench.way_asked.connect(self._ask_way)
        workbench.damaged.connect(self._offer_backups)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return self.exchange.verbs() | {
            "open_scans": self._ask_scans,
            "open_folder": self._ask_folder,
            "new_project": self._new_project,
            "open_project": self._ask_project,
            "open_sample": self._open_sample,
            "restore": self._ask_backup,
            "close_project": self._workbench.close_project,
            "quit": self._window.close,
            "case_next": partial(self._step_case, 1),
            "case_previous": partial(self._step_case, -1),
        }

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Afterwards a project among ``paths`` is being opened, or the scans are becoming cases of the open project.

        With no project open a new one is made for them first, in the user's folder of projects, under today's date.
        """
        project = next((p for p in paths if p.suffix == questions.SUFFIX), None)
        if project is not None:
            self._workbench.open_project(project)
            return
        for path in paths:
            self._preferences.remember(path)
        if self._workbench.project is None:
            self._wanted = [*paths]
            folder = _fresh(self._projects_folder, _tr("Project {day}").format(day=date.today().isoformat()))
            self._workbench.new_project(folder, folder.name.removesuffix(questions.SUFFIX), first_classes())
        else:
            self._workbench.find_sources(paths)

    # ---- inside

    def _project_changed(self) -> None:
        if (project := self._workbench.project) is None:
            return
        self._preferences.remember(project.folder)
        if self._wanted:
            wanted, self._wanted = self._wanted, []
            self._workbench.find_sources(wanted)

    def _ask_scans(self) -> None:
        if paths := questions.ask_scans(self._window, self._folder()):
            self._preferences.change(last_folder=str(paths[0].parent))
            self.open_paths(paths)

    def _ask_folder(self) -> None:
        if folder := questions.ask_folder(self._window, _tr("Open a folder of scans"), self._folder()):
            self._preferences.change(last_folder=str(folder.parent))
            self.open_paths([folder])

    def _new_project(self) -> None:
        self._projects_folder.mkdir(parents=True, exist_ok=True)
        if answer := questions.ask_new_project(self._window, self._projects_folder):
            self._workbench.new_project(*answer, first_classes())

    def _ask_project(self) -> None:
        if folder := questions.ask_project(self._window, self._projects_folder):
            self._workbench.open_project(folder)

    def _ask_backup(self) -> None:
        project = self._workbench.project
        folder = project.folder if project else questions.ask_project(self._window, self._projects_folder)
        if folder is not None:
            self._show_backups(folder)

    def _offer_backups(self, folder: Path, sentence: str) -> None:
        self._window.notices.show_sentence(
            sentence, is_bad=True, button=_tr("Restore…"), verb=partial(self._show_backups, folder)
        )

    def _show_backups(self, folder: Path) -> None:
        def found(backups: tuple[Backup, ...]) -> None:
            if not backups:
                sentence = _tr("There is no backup of “{project}” yet. The first is made once something is drawn.")
                self._workbench.told(sentence.format(project=folder.name.removesuffix(questions.SUFFIX)))
                return
            dialog = RestoreDialog(self._window, folder.name.removesuffix(questions.SUFFIX), backups)
            if dialog.exec() and dialog.chosen is not None:
                self._workbench.restore(folder, dialog.chosen)

        self._workbench.find_backups(folder, found)

    def _ask_stack(self, count: int, answer: Callable[[bool], None]) -> None:
        is_stack = questions.ask_stack(self._window, count)
        if is_stack is not None:
            answer(is_stack)

    def _ask_way(self, question: Question, answer: Callable[[int], None]) -> None:
        dialog = WayDialog(self._window, replace(question, name=self._identities.shown(question.name)))
        if dialog.exec():
            answer(dialog.chosen)

    def _ask_series(self, offers: Sequence[Offer], answer: Callable[[Sequence[int]], None]) -> None:
        dialog = SeriesDialog(self._window, self._identities.offers(offers))
        if dialog.exec():
            answer(dialog.chosen)

    def _open_case(self, film_id: int) -> None:
        """The film's frame that is on the screen stays there; else its first one that is not reviewed is opened."""
        project, annotation = self._workbench.project, self._workbench.annotation
        film = self._film(film_id)
        if project is None or film is None or (annotation is not None and film.place(annotation.case.id) >= 0):
            return
        states = project.worklist.states
        begun = (case for case in film.cases if reviewed_share(case, states.get(case.id, {})) < 1.0)
        project.worklist.open(next(begun, film.cases[0]))

    def _film(self, film_id: int) -> Film | None:
        project = self._workbench.project
        return (
            next((f for f in films(project.worklist.cases) if f.id == film_id), None) if project is not None else None
        )

    def _step_case(self, by: int) -> None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is not None and annotation is not None:
            listed = films(project.worklist.cases)
            at = next(n for n, film in enumerate(listed) if film.place(annotation.case.id) >= 0) + by
            if 0 <= at < len(listed):
                self._open_case(listed[at].id)

    def _case_menu(self, film_id: int, at: QPoint) -> None:
        project, film = self._workbench.project, self._film(film_id)
        if project is None or film is None:
            return
        menu = QMenu(self._window)
        menu.addAction(_tr("Open"), partial(self._open_case, film_id))
        rename = menu.addAction(_tr("Rename…"), partial(self._rename, project, film))
        self.add_marks(menu, film)
        menu.addSeparator()
        remove = menu.addAction(_tr("Remove from the project…"), partial(self._remove, project, film))
        rename.setEnabled(not project.is_read_only)
        remove.setEnabled(not project.is_read_only)
        menu.exec(at)

    def _rename(self, project: Project, film: Film) -> None:
        if name := questions.ask_name(self._window, _tr("Rename case"), self._identities.old_name(film)):
            for case in film.cases:
                project.worklist.rename(case, frame_name(name, case) if len(film.cases) > 1 else name)

    def _remove(self, project: Project, film: Film) -> None:
        sentence = _tr("“{case}” and everything drawn on it leave the project. The scan's own file stays where it is.")
        if questions.ask_sure(
            self._window, _tr("Remove case"), sentence.format(case=self._identities.case(film)), _tr("Remove")
        ):
            if self._workbench.annotation is not None and film.place(self._workbench.annotation.case.id) >= 0:
                self._workbench.close_case()
            for case in film.cases:
                project.worklist.remove(case)

    def _fill_recent(self) -> None:
        menu, settings = self._window.recent, self._preferences.settings
        menu.clear()
        for texts in (settings.recent_projects, settings.recent_scans):
            for number, text in enumerate(texts, start=1):
                name = self._identities.recent(number, Path(text))
                action = menu.addAction(name, partial(self.open_paths, [Path(text)]))
                action.setToolTip("" if self._identities.is_hiding else text)
        if menu.isEmpty():
            menu.addAction(_tr("Nothing yet")).setEnabled(False)

    def _folder(self) -> Path:
        return Path(self._preferences.settings.last_folder or Path.home())


def _fresh(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (place := folder / f"{name}{f' ({number})' if number > 1 else ''}{questions.SUFFIX}").exists():
        number += 1
    return place


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProjectVerbs", text)
