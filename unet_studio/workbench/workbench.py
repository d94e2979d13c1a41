"""What is open now: the project, the case on the screen, and the loop of predicting, correcting and retraining."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from unet_studio.errors import ProjectDamaged, ProjectLocked, StudioError
from unet_studio.files.sources import Source
from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.progress import Progress, Steps
from unet_studio.project.backups import Backup
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.segmentation.ranking import Suggestion
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.assistant import Assistant, OpenSegmenter
from unet_studio.workbench.backing_up import BackingUp
from unet_studio.workbench.checkpoints import Checkpoints
from unet_studio.workbench.corrections import Corrections
from unet_studio.workbench.event import Event
from unet_studio.workbench.habits import Habits, write_habits
from unet_studio.workbench.itinerary import Itinerary
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.looking_up import Found, Offer, Question, ask, found_in
from unet_studio.workbench.measuring import Measuring
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.project import Project as Project
from unet_studio.workbench.project import record
from unet_studio.workbench.proposing import Proposing
from unet_studio.workbench.remembered import Remembered, remember_case, remembered
from unet_studio.workbench.restoring import finding, put_back
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import COMMAND, Trained
from unet_studio.workbench.viewport import Viewport
from unet_studio.workbench.worklist import OpenedCase, Worklist


class Workbench:
    """Everything that is open. Lives in one thread; ``post`` brings other threads' results there.

    ``project_changed`` tells of another project or none, ``case_changed`` of another case or none, ``locked`` of a project that
    somebody else has open, ``damaged`` of one that needs a backup, ``lost`` of a scan, ``told`` a sentence for the user.
    ``series_asked`` asks which of several series to open, ``way_asked`` how to open one, and ``stack_asked`` whether so many
    pictures are one stack, with whom to tell. ``opening`` is the lane for projects, new scans and exports.
    """

    def __init__(
        self,
        *,
        open_segmenter: OpenSegmenter,
        post: Post,
        clock: Callable[[], float] = time.monotonic,
        training_command: Sequence[str] = COMMAND,
    ) -> None:
        self.viewport = Viewport()
        self.palette = Palette()
        self.palette.may_change_reviewed = False  # until the user says so, once in the life of the program
        self.assistant = Assistant(open_segmenter, post, clock=clock, command=training_command)
        self.project: Project | None = None
        self.annotation: Annotation | None = None
        self.project_changed: Event[[]] = Event()
        self.case_changed: Event[[]] = Event()
        self.told: Event[[str]] = Event()
        self.locked: Event[[Path, str]] = Event()
        self.damaged: Event[[Path, str]] = Event()
        self.lost: Event[[str]] = Event()
        self.series_asked: Event[[tuple[Offer, ...], Callable[[Sequence[int]], None]]] = Event()
        self.stack_asked: Event[[int, Callable[[bool], None]]] = Event()
        self.way_asked: Event[[Question, Callable[[int], None]]] = Event()
        self._post = post
        self._clock = clock
        self.opening = Lane("opening", post)
        self._case_lane = Lane("cases", post)
        self._habits = Habits()  # of the open project
        self._unclaimed: list[Store] = []  # opened, and not yet the project's
        self.corrections = Corrections()
        self.itinerary = Itinerary(self.viewport, self.told)
        self.measuring = Measuring(post)
        self._proposing = Proposing(self.assistant, self.viewport, self.palette, self.told)
        self.assistant.trained.connect(self._trained)
        self.palette.classes_changed.connect(self._save_classes)

    # ---- project

    def new_project(self, folder: Path, name: str, classes: Sequence[LabelClass] = ()) -> None:
        """Afterwards a new project in ``folder`` is being made and opened."""
        first = classes or [c for c in [next_class((), "Structure")] if c]
        self._open(folder, lambda: Store.create(folder, name=name, classes=first))

    def new_from(self, folder: Path, make: Callable[[Path], None]) -> None:
        """Afterwards the project in ``folder`` is being opened, made by ``make`` first where it is not there."""

        def opened() -> Store:
            if not folder.exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                make(folder)
            return Store.open(folder)

        if not self._is_open(folder):
            self._open(folder, opened)

    def open_project(self, folder: Path, *, read_only: bool = False) -> None:
        """Afterwards the project in ``folder`` is being opened; ``told`` where it can't be."""
        if not self._is_open(folder):
            self._open(folder, lambda: Store.open(folder, read_only=read_only))

    def find_backups(self, folder: Path, found: Callable[[tuple[Backup, ...]], None]) -> None:
        """Afterwards the sound copies of the project in ``folder`` are being looked up, and ``found`` hears of them."""
        self.opening.submit(Job("find backups", lambda: finding(folder), done=found, failed=self._failed))

    def restore(self, folder: Path, backup: Backup) -> None:
        """Afterwards the project in ``folder`` is being put back to ``backup`` and opened; what it was is kept beside it."""
        if self._is_open(folder) and not self.close_project():
            self.told("Not everything in the open project could be saved, so it is left as it is. Open it again.")
            return
        self._open(folder, lambda: put_back(folder, backup, lambda said: self._post(lambda: self.told(said))))

    def close_project(self) -> bool:
        """Afterwards no project is open; False where not everything could be saved."""
        self.assistant.stop_predicting()
        self.assistant.stop_training()
        if (project := self.project) is None:
            return True
        if self.annotation is not None:
            self.annotation.end_stroke()
        project.worklist.cancel()
        self._keep_habits()
        self.project = None
        self._show_case(None)
        saved = project.saving.close()
        self.palette.set_classes(())
        self.project_changed()
        return saved

    def close(self) -> bool:
        """Stops everything, saves, and waits for it; False where not everything could be saved."""
        saved = self.close_project()
        self.assistant.close()
        self.measuring.close()
        self._case_lane.close()
        if self.opening.close():
            for store in self._unclaimed:
                store.close()
        return saved

    # ---- scans

    def find_sources(self, paths: Sequence[Path]) -> None:
        """Afterwards the paths are being looked through; what they hold is added, or ``stack_asked`` or ``series_asked`` ask."""

        def add(what: Sequence[Source]) -> None:
            if self.project is not None and what:
                self.project.worklist.add(what)

        def found(what: Found) -> None:
            for sentence in what.sources.unreadable:
                self.told(sentence)
            if what.sources.pictures_may_stack:
                all_of = what.sources
                self.stack_asked(
                    len(all_of.cases), lambda is_stack: add(all_of.stacked() if is_stack else all_of.cases)
                )
                return
            add(what.cases)
            ask(what, choose=self.series_asked, answer=self.way_asked, add=add)

        self.opening.submit(Job("find scans", lambda: found_in(paths), done=found, failed=self._failed))

    def close_case(self) -> None:
        """Afterwards no case is on the screen."""
        self._show_case(None)

    # ---- the loop

    def predict(self) -> None:
        """Afterwards proposals for the case's untouched and predicted slices are on their way."""
        if self.project is not None and self.annotation is not None:
            self._proposing.predict(self.project, self.annotation)

    def review(self) -> None:
        """Afterwards the slice looked at is reviewed, and the next one worth correcting is on the screen."""
        if self.annotation is None:
            return
        if not self.viewport.is_working_plane:
            self.told(f"Slices of this scan are reviewed in the {self.annotation.view.plane} plane. Turn to it first.")
            return
        self.annotation.review(self.viewport.index)
        if not self.annotation.is_read_only:
            self.go_next()

    def suggestion(self) -> Suggestion | None:
        """The slice to correct next, and why; None where there is none."""
        if (annotation := self.annotation) is None:
            return None
        return self.itinerary.suggestion(annotation)

    def go_next(self) -> None:
        """Afterwards the slice to correct next is on the screen, or on its way where this case is done and another is not."""
        if self.project is not None and self.annotation is not None:
            self.itinerary.go_next(self.project, self.annotation)

    def go_to(self, case_id: int, index: int) -> None:
        """Afterwards that slice is on the screen, or its case is being opened for it."""
        if self.project is not None:
            self.itinerary.go(self.project, self.annotation, case_id, index)

    # ---- inside

    def _open(self, folder: Path, make: Callable[[], Store]) -> None:
        def steps() -> Steps[tuple[Store, Remembered]]:
            yield Progress(None, "Opening the project")
            store = make()
            try:
                found = remembered(store)
            except BaseException:
                store.close()
                raise
            self._unclaimed.append(store)
            return store, found

        def opened(result: tuple[Store, Remembered]) -> None:
            store, found = result
            self._unclaimed.remove(store)
            if self.project is not None and self.project.saving.pending and (error := self.project.saving.error):
                store.close()
                self.told(f"The open project stays open, as not everything in it is saved yet. {error}")
                return
            self.close_project()
            self._show_project(store, found)

        def failed(error: Exception) -> None:
            if isinstance(error, ProjectLocked):
                self.locked(folder, str(error))
            elif isinstance(error, ProjectDamaged):
                self.damaged(folder, str(error))
            else:
                self._failed(error)

        self.opening.submit(Job("open project", steps, done=opened, failed=failed))

    def _show_project(self, store: Store, found: Remembered) -> None:
        saving = Saving(store, self._post)
        BackingUp(saving, self._clock)
        worklist = Worklist(found.cases, found.states, saving, opening=self._case_lane, adding=self.opening)
        worklist.opened.connect(self._show_case)
        worklist.removed.connect(self._leave_case)
        worklist.changed.connect(self._name_case)
        worklist.told.connect(self.told)
        worklist.lost.connect(self.lost)
        self.palette.set_classes(found.classes)
        self._habits = found.habits
        self.palette.set_brush(found.habits.brush(self.palette.brush))
        checkpoints = Checkpoints(found.checkpoints, saving)
        project = Project(store.name, store.folder, store.is_read_only, saving, worklist, checkpoints)
        checkpoints.activated.connect(
            lambda _: self._proposing.predict_again(project, self.annotation) if self.annotation else None
        )
        self.project = project
        self.itinerary.begin(found.uncertainty, found.to_correct)
        self.corrections.begin(saving)
        self.project_changed()
        if found.last_case is not None:
            worklist.open(found.last_case)

    def _is_open(self, folder: Path) -> bool:
        return self.project is not None and self.project.folder.resolve() == folder.resolve()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        self.told(str(error))

    def _show_case(self, opened: OpenedCase | None) -> None:
        here, project = self.annotation, self.project
        is_frame = opened is not None and here is not None and opened.is_beside(here.case, self.viewport.volume)
        goes_on = is_frame and project is not None and here is not None and self._proposing.is_wanted(project, here)
        self.assistant.stop_predicting()
        self._keep_habits()
        if self.annotation is not None:
            self.annotation.end_stroke()
            self.itinerary.note(self.annotation)
        if opened is None or self.project is None:
            self.annotation = None
            self.viewport.open(None)
        else:
            self.annotation = Annotation(
                opened.case, opened.labels, self.palette,
                states=opened.states, proposals=opened.proposals, history=opened.history, counts=opened.counts,
                record=partial(record, self.project.saving, opened.case.id), is_read_only=self.project.is_read_only,
            )  # fmt: skip
            self.annotation.told.connect(self.told)
            self.annotation.states_changed.connect(self._list_states)
            if is_frame:
                self.viewport.exchange(opened.volume)
            else:
                self.viewport.open(opened.volume, window=self._habits.window_of(opened.case.id, opened.volume))
            self.itinerary.arrive(self.annotation)
            self.project.saving.write(lambda store: remember_case(store, opened.case))
        self.measuring.watch(self.annotation, self.viewport.volume, self.project.saving if self.project else None)
        self.case_changed()
        if goes_on and project is not None and self.annotation is not None:
            self._proposing.go_on(project, self.annotation)

    def _keep_habits(self) -> None:
        """Afterwards the project remembers the window in which the case on the screen is left, and the brush."""
        volume, viewport = self.viewport.volume, self.viewport
        if self.project is None or self.annotation is None or volume is None:
            return
        left = self._habits.with_window(
            self.annotation.case.id, volume, viewport.window, is_as_opened=viewport.window == viewport.opening
        )
        left = left.with_brush(self.palette.brush)
        if left != self._habits:
            self._habits = left
            self.project.saving.write(lambda store: write_habits(store, left))

    def _leave_case(self, case: Case) -> None:
        if self.annotation is not None and self.annotation.case.id == case.id:
            self._show_case(None)

    def _name_case(self) -> None:
        if self.project is not None and self.annotation is not None:
            known = {case.id: case.name for case in self.project.worklist.cases}
            case = self.annotation.case
            self.annotation.case = replace(case, name=known.get(case.id, case.name))

    def _trained(self, trained: Trained) -> None:
        assert self.project is not None  # closing it stops its training
        self.project.checkpoints.add(trained)

    def _list_states(self) -> None:
        if self.project is not None and self.annotation is not None:
            self.corrections.note(self.annotation, self.project.saving)
            self.project.worklist.set_states(self.annotation.case, self.annotation.states)

    def _save_classes(self) -> None:
        if self.project is not None:
            classes = self.palette.classes
            self.project.saving.write(lambda store: store.save_classes(classes))
