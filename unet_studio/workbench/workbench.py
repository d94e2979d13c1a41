"""What is open now: the project, the case on the screen, and the loop of predicting, correcting and retraining."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import StudioError
from unet_studio.files.volumes import Sources, sources
from unet_studio.labels.label_map import LabelClass, next_class
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case, CheckpointRecord, Proposal, SliceState
from unet_studio.project.store import Store
from unet_studio.segmentation.ranking import Suggestion, next_slice
from unet_studio.segmentation.segmenter import Prediction
from unet_studio.segmentation.threshold import OtsuSegmenter
from unet_studio.workbench.annotation import Annotation, Deed
from unet_studio.workbench.assistant import Assistant, OpenSegmenter, PredictionRequest
from unet_studio.workbench.checkpoints import Checkpoints
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.training import Trained
from unet_studio.workbench.viewport import Viewport
from unet_studio.workbench.worklist import OpenedCase, Worklist


@dataclass(frozen=True, slots=True)
class Project:
    """The open project's parts."""

    name: str
    folder: Path
    is_read_only: bool
    saving: Saving
    worklist: Worklist
    checkpoints: Checkpoints


class Workbench:
    """Everything that is open. Lives in one thread; ``post`` brings other threads' results there.

    ``project_changed`` tells of another project or none, ``case_changed`` of another case or none, ``told`` a sentence for the
    user; ``sources_found`` what a drop of files means, where the user has to choose.
    """

    def __init__(
        self, *, open_segmenter: OpenSegmenter, post: Post, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.viewport = Viewport()
        self.palette = Palette()
        self.assistant = Assistant(open_segmenter, post, clock=clock)
        self.project: Project | None = None
        self.annotation: Annotation | None = None
        self.project_changed: Event[[]] = Event()
        self.case_changed: Event[[]] = Event()
        self.told: Event[[str]] = Event()
        self.sources_found: Event[[Sources]] = Event()
        self._post = post
        self._opening = Lane("opening", post)
        self.assistant.predicted.connect(self._predicted)
        self.assistant.trained.connect(self._trained)
        self.palette.classes_changed.connect(self._save_classes)
        self.viewport.moved.connect(self._look)

    # ---- project

    def new_project(self, folder: Path, name: str, classes: Sequence[LabelClass] = ()) -> None:
        """Afterwards a new project in ``folder`` is being made and opened."""
        first = classes or [c for c in [next_class((), "Structure")] if c]
        self._open(lambda: Store.create(folder, name=name, classes=first), read_only=False)

    def open_project(self, folder: Path, *, read_only: bool = False) -> None:
        """Afterwards the project in ``folder`` is being opened; ``told`` where it can't be."""
        self._open(lambda: Store.open(folder, read_only=read_only), read_only=read_only)

    def close_project(self) -> bool:
        """Afterwards no project is open; False where not everything could be saved."""
        self.assistant.stop_predicting()
        self.assistant.stop_training()
        if (project := self.project) is None:
            return True
        if self.annotation is not None:
            self.annotation.end_stroke()
        self._remember_place()
        project.worklist.cancel()
        self.project = None
        self._show_case(None)
        saved = project.saving.close() and project.saving.error is None
        self.palette.set_classes(())
        self.project_changed()
        return saved

    def close(self) -> bool:
        """Stops everything, saves, and waits for it; False where not everything could be saved."""
        saved = self.close_project()
        self.assistant.close()
        self._opening.close()
        return saved

    # ---- scans

    def find_sources(self, paths: Sequence[Path]) -> None:
        """Afterwards the files and folders are being looked through; what they hold is added, or ``sources_found`` asks."""

        def steps() -> Steps[Sources]:
            yield Progress(None, "Looking through the files")
            return sources(paths)

        def found(what: Sources) -> None:
            for problem in what.problems:
                self.told(problem)
            if what.pictures_may_stack:
                self.sources_found(what)
            elif what.sources and self.project is not None:
                self.project.worklist.add(what.sources)

        self._opening.submit(Job("find scans", steps, done=found, failed=self._failed))

    # ---- the loop

    def predict(self) -> None:
        """Afterwards proposals for the case's untouched and predicted slices are on their way."""
        if self.project is None or self.annotation is None or self.viewport.volume is None:
            return
        annotation, active = self.annotation, self.project.checkpoints.active
        open_slices = [
            i for i in range(annotation.case.slices)
            if annotation.state(i) in (SliceState.UNTOUCHED, SliceState.PREDICTED)
        ]  # fmt: skip
        if not open_slices:
            self.told("Every slice is edited or reviewed already, and a prediction never changes those.")
            return
        fallback = None
        if active is None:
            if (current := self.palette.current) is None:
                self.told("There is no network yet and no label to propose. Add a label first.")
                return
            fallback = OtsuSegmenter(current)
            self.told(
                f"There is no trained network yet, so this first guess is a plain brightness threshold for “{current.name}”. "
                "Correct a few slices, press Enter on each, then click Retrain."
            )
        file = self.project.checkpoints.path(active) if active else None
        focus = self.viewport.index if self.viewport.is_working_plane else annotation.case.slices // 2
        self.assistant.predict(PredictionRequest(self.viewport.volume, open_slices, focus, file, fallback))

    def review(self) -> None:
        """Afterwards the slice looked at is reviewed, and the next one worth correcting is on the screen."""
        if self.annotation is None:
            return
        if not self.viewport.is_working_plane:
            self.told(f"Slices of this scan are reviewed in the {self.annotation.view.plane} plane. Turn to it first.")
            return
        self.annotation.end_stroke()
        self.annotation.review(self.viewport.index)
        self.go_next()

    def suggestion(self) -> Suggestion | None:
        """The slice to correct next, and why; None where there is none."""
        if (annotation := self.annotation) is None:
            return None
        indices = range(annotation.case.slices)
        return next_slice(
            count=annotation.case.slices,
            current=self.viewport.index if self.viewport.is_working_plane else -1,
            uncertainty={i: p.uncertainty for i in indices if (p := annotation.proposal(i)) is not None},
            edited={i for i in indices if annotation.state(i) is SliceState.EDITED},
            reviewed={i for i in indices if annotation.state(i) is SliceState.REVIEWED},
        )

    def go_next(self) -> None:
        """Afterwards the slice to correct next is on the screen."""
        if (annotation := self.annotation) is None:
            return
        suggestion = self.suggestion()
        if suggestion is None:
            self.told("Every slice of this case is reviewed.")
            return
        self.viewport.turn(annotation.view.plane)
        self.viewport.go(suggestion.index)

    # ---- inside

    def _open(self, make: Callable[[], Store], *, read_only: bool) -> None:
        def steps() -> Steps[tuple[Store, "_Remembered"]]:
            yield Progress(None, "Opening the project")
            store = make()
            try:
                return store, _Remembered.of(store)
            except StudioError:
                store.close()
                raise

        def opened(result: tuple[Store, "_Remembered"]) -> None:
            self.close_project()
            store, remembered = result
            saving = Saving(store, self._post)
            worklist = Worklist(remembered.cases, remembered.states, saving, self._opening)
            worklist.opened.connect(self._show_case)
            worklist.told.connect(self.told)
            self.palette.set_classes(remembered.classes)
            checkpoints = Checkpoints(remembered.checkpoints, saving)
            checkpoints.added.connect(
                lambda _, is_active: self.predict() if is_active and self._has_proposals() else None
            )
            self.project = Project(store.name, store.folder, read_only, saving, worklist, checkpoints)
            self.project_changed()
            last = next((c for c in remembered.cases if str(c.id) == remembered.last_case), None)
            if case := last or next(iter(remembered.cases), None):
                worklist.open(case)

        self._opening.submit(Job("open project", steps, done=opened, failed=self._failed))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        self.told(str(error))

    def _show_case(self, opened: OpenedCase | None) -> None:
        self.assistant.stop_predicting()
        self._remember_place()
        if opened is None:
            self.annotation = None
            self.viewport.open(None)
        else:
            self.annotation = Annotation(
                opened.case, opened.labels, self.palette,
                states=opened.states, proposals=opened.proposals, history=opened.history, record=self._record,
            )  # fmt: skip
            self.annotation.told.connect(self.told)
            self.annotation.states_changed.connect(self._list_states)
            self.viewport.open(opened.volume)
        self.case_changed()

    def _record(self, deed: Deed) -> None:
        if self.project is None or self.annotation is None:
            return
        case = self.annotation.case.id
        write = {
            "do": lambda store: store.record(case, deed.change, deed.slices),
            "undo": lambda store: store.record_undo(case, deed.change, deed.slices),
            "redo": lambda store: store.record_redo(case, deed.change, deed.slices),
        }[deed.kind]
        self.project.saving.write(write)

    def _predicted(self, prediction: Prediction) -> None:
        if self.project is None or self.annotation is None:
            return
        active = self.project.checkpoints.active
        proposal = Proposal(prediction.index, prediction.labels, prediction.uncertainty, active.id if active else None)
        states = self.annotation.propose([proposal])
        if states:
            case = self.annotation.case.id
            self.project.saving.write(lambda store: store.save_proposals(case, [proposal], states))

    def _trained(self, trained: Trained) -> None:
        if self.project is not None:
            self.project.checkpoints.add(trained)

    def _has_proposals(self) -> bool:
        return self.annotation is not None and SliceState.PREDICTED in self.annotation.states.values()

    def _list_states(self) -> None:
        if self.project is not None and self.annotation is not None:
            self.project.worklist.set_states(self.annotation.case, self.annotation.states)

    def _save_classes(self) -> None:
        if self.project is not None and not self.project.is_read_only:
            classes = self.palette.classes
            self.project.saving.write(lambda store: store.save_classes(classes))

    def _look(self) -> None:
        if self.viewport.volume is not None and self.viewport.is_working_plane:
            self.assistant.look_at(self.viewport.index)

    def _remember_place(self) -> None:
        if self.project is not None and self.annotation is not None and not self.project.is_read_only:
            case = str(self.annotation.case.id)
            self.project.saving.write(lambda store: store.remember("case", case))


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a project is opened with, read in one go."""

    classes: tuple[LabelClass, ...]
    cases: tuple[Case, ...]
    states: Mapping[int, Mapping[int, SliceState]]
    checkpoints: tuple[CheckpointRecord, ...]
    last_case: str | None

    @staticmethod
    def of(store: Store) -> "_Remembered":
        cases = store.cases()
        return _Remembered(
            store.classes(),
            cases,
            {c.id: store.states(c.id) for c in cases},
            store.checkpoints(),
            store.remembered("case"),
        )
