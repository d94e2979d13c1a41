"""The cases of the open project, and which of them is on the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from unet_studio.errors import ReadError, StudioError
from unet_studio.files.volumes import Source, reading
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Volume
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.saving import Saving

Remembered = tuple[Labels, dict[int, SliceState], dict[int, Proposal], tuple[list[Change], list[Change]]]
UNDO_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case with all that is remembered of it."""

    case: Case
    volume: Volume
    labels: LabelMap
    states: Mapping[int, SliceState]
    proposals: Mapping[int, Proposal]
    history: History[Change]


class Worklist:
    """``changed`` tells of other cases or other slice states, ``opening_changed`` of ``opening``, ``opened`` of a case now open,
    ``told`` a sentence about a scan that could not be read.
    """  # noqa: D205

    def __init__(
        self, cases: tuple[Case, ...], states: Mapping[int, Mapping[int, SliceState]], saving: Saving, lane: Lane
    ) -> None:
        self.cases = cases
        self.states = {case: dict(of) for case, of in states.items()}
        self.opening: Progress | None = None
        self.changed: Event[[]] = Event()
        self.opening_changed: Event[[]] = Event()
        self.opened: Event[[OpenedCase]] = Event()
        self.told: Event[[str]] = Event()
        self._saving = saving
        self._lane = lane
        self._jobs: list[Job[None]] = []  # running and waiting, in order

    def add(self, sources: Sequence[Source]) -> None:
        """Afterwards the scans are being read and become cases one by one; the first of them is opened."""
        first = True

        def read(source: Source, volume: Volume) -> None:
            nonlocal first
            show, first = first, False
            self._add(source, volume, show=show)

        def steps() -> Steps[None]:
            for number, source in enumerate(sources):
                name = f"Opening {source.name}" + (f" ({number + 1} of {len(sources)})" if len(sources) > 1 else "")
                yield Progress(None, name)
                try:
                    volume = yield from _named(reading(source.path, source.choice), name)
                except StudioError as error:
                    sentence = str(error)
                    post(lambda sentence=sentence: self.told(sentence))  # type: ignore[misc]
                    continue
                post(lambda source=source, volume=volume: read(source, volume))  # type: ignore[misc]

        post = self._saving.post
        self._submit("add scans", steps)

    def open(self, case: Case) -> None:
        """Afterwards the case is being opened; ``opened`` tells when it is there."""
        path = self._saving.store.scan_path(case)

        def steps() -> Steps[None]:
            name = f"Opening {case.name}"
            yield Progress(None, name)
            volume = yield from _named(reading(path, case.choice), name)
            if volume.fingerprint != case.fingerprint:
                raise ReadError(
                    f"{path.name} is not the scan it was when it was added to the project. Put the first file back, "
                    "or add this one as a new case.", path=path,
                )  # fmt: skip
            post(lambda: self._load(case, volume))

        post = self._saving.post
        if self._jobs and self._jobs[-1].name == "open case":
            self._jobs[-1].cancel()
        self._submit("open case", steps)

    def cancel(self) -> None:
        """Afterwards nothing is being opened or added."""
        for job in self._jobs:
            job.cancel()

    def rename(self, case: Case, name: str) -> None:
        """Afterwards the case is called ``name``."""
        self._saving.write(lambda store: store.rename_case(case.id, name), lambda _: self._reload())

    def remove(self, case: Case) -> None:
        """Afterwards the case and all that was drawn on it are gone from the project; the scan's file stays."""
        self._saving.write(lambda store: store.remove_case(case.id), lambda _: self._reload())

    def set_states(self, case: Case, states: Mapping[int, SliceState]) -> None:
        """Afterwards these are the slice states of the case in the list."""
        self.states[case.id] = dict(states)
        self.changed()

    def reviewed(self) -> dict[int, frozenset[int]]:
        """The reviewed slices by case id, of cases that have any."""
        found = {c: frozenset(i for i, s in of.items() if s is SliceState.REVIEWED) for c, of in self.states.items()}
        return {case: slices for case, slices in found.items() if slices}

    # ---- inside

    def _add(self, source: Source, volume: Volume, *, show: bool) -> None:
        axis = plane_view(volume.geometry, working_plane(volume.geometry)).axis

        def added(case: Case) -> None:
            self.cases = (*self.cases, case)
            self.states[case.id] = {}
            self.changed()
            if show:
                self._load(case, volume)

        self._saving.write(
            lambda store: store.add_case(
                name=source.name, path=source.path, choice=source.choice, fingerprint=volume.fingerprint,
                shape=volume.geometry.shape, axis=axis,
            ),
            added,
        )  # fmt: skip

    def _load(self, case: Case, volume: Volume) -> None:
        def loaded(remembered: Remembered) -> None:
            labels, states, proposals, (done, undone) = remembered
            history = History(done, undone, budget_bytes=UNDO_BYTES)
            self.opened(OpenedCase(case, volume, LabelMap(volume.geometry, labels), states, proposals, history))

        self._saving.attempt(
            lambda store: (
                store.labels(case), store.states(case.id), store.proposals(case.id),
                store.history(case.id, budget_bytes=UNDO_BYTES),
            ),
            done=loaded, failed=self._failed,
        )  # fmt: skip

    def _submit(self, name: str, steps: Callable[[], Steps[None]]) -> None:
        def ended() -> None:
            self._jobs.remove(job)
            if not self._jobs:
                self._show(None)

        def failed(error: Exception) -> None:
            ended()
            self._failed(error)

        job = Job(name, steps, done=lambda _: ended(), failed=failed, progressed=self._show, cancelled=ended)
        self._jobs.append(job)
        self._show(Progress(None, "Opening"))
        self._lane.submit(job)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        self.told(str(error))

    def _show(self, progress: Progress | None) -> None:
        self.opening = progress
        self.opening_changed()

    def _reload(self) -> None:
        def loaded(cases: tuple[Case, ...]) -> None:
            self.cases = cases
            self.changed()

        self._saving.attempt(lambda store: store.cases(), done=loaded, failed=self._failed)


def _named(steps: Steps[Volume], name: str) -> Steps[Volume]:
    """The same work, each report under the scan's name."""
    try:
        while True:
            yield Progress(next(steps).fraction, name)
    except StopIteration as end:
        volume: Volume = end.value
        return volume
    finally:
        steps.close()
