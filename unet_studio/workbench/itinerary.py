"""Where to go next: the slice worth correcting most, in this case or, when that is done, in another."""

from collections.abc import Callable, Mapping

from unet_studio.project.records import SliceState
from unet_studio.segmentation.ranking import Outlook, Suggestion, next_case, next_slice
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.project import Project
from unet_studio.workbench.viewport import Viewport

BySlice = Mapping[int, float]


class Itinerary:
    """Knows how unsure the network is of the slices of every case, and leads from one to the next.

    ``told`` is called with a sentence where there is nowhere to go.
    """

    def __init__(self, viewport: Viewport, told: Callable[[str], object]) -> None:
        self._viewport = viewport
        self._told = told
        self._uncertainty: dict[int, BySlice] = {}  # of cases that are not on the screen
        self._to_correct: dict[int, BySlice] = {}  # the same, in pixels
        self._wish: tuple[int, int] | None = None  # case and slice to go to once that case is open

    def begin(self, uncertainty: Mapping[int, BySlice], to_correct: Mapping[int, BySlice]) -> None:
        """Afterwards this is what is known of a project's cases, by case and slice."""
        self._uncertainty, self._to_correct = dict(uncertainty), dict(to_correct)
        self._wish = None

    def note(self, annotation: Annotation) -> None:
        """Afterwards what is proposed for a case that leaves the screen is remembered."""
        self._uncertainty[annotation.case.id] = proposed(annotation)
        self._to_correct[annotation.case.id] = to_correct(annotation)

    def arrive(self, annotation: Annotation) -> None:
        """Afterwards the slice that was wished for is on the screen, if it is one of the case that now is."""
        if self._wish is not None and self._wish[0] == annotation.case.id:
            self._viewport.turn(annotation.view.plane)
            self._viewport.go(self._wish[1])
        self._wish = None

    def suggestion(self, annotation: Annotation) -> Suggestion | None:
        """The slice of the case on the screen to correct next, and why; None where all are reviewed."""
        return next_slice(
            count=annotation.case.slices,
            current=self._current,
            uncertainty=proposed(annotation),
            to_correct=to_correct(annotation),
            edited={i for i, state in annotation.states.items() if state is SliceState.EDITED},
            reviewed={i for i, state in annotation.states.items() if state is SliceState.REVIEWED},
        )

    def go_next(self, project: Project, annotation: Annotation) -> None:
        """Afterwards the slice to correct next is on the screen, or its case is being opened."""
        here = self.suggestion(annotation)
        others = self._outlooks(project, annotation.case.id)
        there = next_case(others)
        if here is None:  # this frame is done: the next one of the same scan before another scan
            film = project.worklist.film(annotation.case)
            place = film.place(annotation.case.id)
            mates = [*film.cases[place + 1 :], *film.cases[: max(0, place)]]
            there = next_case({c.id: others[c.id] for c in mates if c.id in others}) or there
        unsure = proposed(annotation)
        is_done = here is None or (here.index in unsure and annotation.state(here.index) is not SliceState.EDITED)
        left = None
        if here is not None:  # the slice on the screen counts where no other is left
            left = max((u for i, u in unsure.items() if i == here.index or i != self._current), default=0.0)
        if there is not None and is_done and there.is_better_than(left):
            self.go(project, annotation, there.case, there.index)
            name = next(case.name for case in project.worklist.cases if case.id == there.case)
            self._told(Sentence("On to {case}: {reason}.", case=name, reason=there.reason))
        elif here is None:
            self._told(Sentence("Every slice of this case is reviewed."))
        else:
            self.go(project, annotation, annotation.case.id, here.index)

    def go(self, project: Project, annotation: Annotation | None, case_id: int, index: int | None) -> None:
        """Afterwards that slice is on the screen, in its working plane, or its case is being opened for it."""
        if annotation is not None and annotation.case.id == case_id:
            if index is not None:
                self._viewport.turn(annotation.view.plane)
                self._viewport.go(index)
            return
        case = next((c for c in project.worklist.cases if c.id == case_id), None)
        if case is None:
            self._told(Sentence("That case is no longer in this project."))
            return
        self._wish = None if index is None else (case_id, index)
        project.worklist.open(case)

    @property
    def _current(self) -> int:
        """The working slice on the screen; -1 where another plane is."""
        return self._viewport.index if self._viewport.is_working_plane else -1

    def _outlooks(self, project: Project, current: int) -> dict[int, Outlook]:
        """What is known of the other cases."""
        reviewed = project.worklist.reviewed()
        return {
            case.id: Outlook(
                case.slices,
                self._uncertainty.get(case.id, {}),
                reviewed.get(case.id, frozenset()),
                self._to_correct.get(case.id, {}),
            )
            for case in project.worklist.cases
            if case.id != current
        }


def proposed(annotation: Annotation) -> dict[int, float]:
    """How unsure the proposals of a case are, by slice."""
    return {i: p.uncertainty for i in sorted(annotation.proposals) if (p := annotation.proposal(i)) is not None}


def to_correct(annotation: Annotation) -> dict[int, float]:
    """How many pixels of the proposals of a case are expected to be wrong, by slice."""
    return {i: p.to_correct for i, p in annotation.proposals.items()}
