"""What the user does with the frames of a scan that was taken several times over."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from unet_studio.gui.case_order import reviewed_share
from unet_studio.gui.main_window import MainWindow
from unet_studio.project.films import Film, frame_number
from unet_studio.workbench.frame_labels import copy_from_frame
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]


class FrameVerbs:
    """Steps through time and copies labels along it; keeps the bar of frames true."""

    def __init__(self, window: MainWindow, workbench: Workbench) -> None:
        self._window = window
        self._workbench = workbench
        window.frames.chosen.connect(self._go)
        workbench.project_changed.connect(self._watch)
        workbench.case_changed.connect(self._show)

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "frame_next": partial(self._step, 1),
            "frame_previous": partial(self._step, -1),
            "copy_frame_previous": partial(self._copy, -1),
            "copy_frame_next": partial(self._copy, 1),
        }

    # ---- inside

    def _watch(self) -> None:
        if (project := self._workbench.project) is not None:
            project.worklist.changed.connect(self._show)

    def _show(self) -> None:
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or annotation is None:
            self._window.frames.show_frames((), 0, reviewed=0)
            return
        film = project.worklist.film(annotation.case)
        states = project.worklist.states
        done = sum(reviewed_share(case, states.get(case.id, {})) == 1.0 for case in film.cases)
        numbers = [frame_number(case.choice) for case in film.cases]
        self._window.frames.show_frames(numbers, max(0, film.place(annotation.case.id)), reviewed=done)

    def _here(self) -> tuple[Film, int] | None:
        """The film on the screen and the place of the frame that is, or will be, there; told where it has no others."""
        project, annotation = self._workbench.project, self._workbench.annotation
        if project is None or annotation is None:
            return None
        film = project.worklist.film(annotation.case)
        if len(film.cases) == 1:
            self._workbench.told(_tr("This scan has one frame. Frames are those of a 4-D scan, opened as one case."))
            return None
        awaited = project.worklist.awaited
        place = film.place(awaited.id) if awaited is not None else -1
        return film, place if place >= 0 else film.place(annotation.case.id)

    def _step(self, by: int) -> None:
        if (here := self._here()) is not None:
            self._go(here[1] + by)

    def _go(self, place: int) -> None:
        here, project, annotation = self._here(), self._workbench.project, self._workbench.annotation
        if here is None or project is None or annotation is None or not 0 <= place < len(here[0].cases):
            return
        case = here[0].cases[place]
        if place != here[1]:
            annotation.end_stroke()
            project.worklist.open(case)

    def _copy(self, by: int) -> None:
        here, project, annotation = self._here(), self._workbench.project, self._workbench.annotation
        if here is None or project is None or annotation is None:
            return
        viewport = self._workbench.viewport
        if not viewport.is_working_plane:
            sentence = _tr("This works on whole slices of the {plane} plane. Turn to it first.")
            self._workbench.told(sentence.format(plane=annotation.view.plane))
            return
        film, place = here[0], here[0].place(annotation.case.id) + by
        if 0 <= place < len(film.cases):
            annotation.end_stroke()
            copy_from_frame(
                project, annotation, viewport.index, film.cases[place],
                is_open=lambda one: self._workbench.annotation is one, told=self._workbench.told,
            )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("FrameVerbs", text)
