"""The cases of the open project, and which of them is on the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import ScanLost, StudioError
from unet_studio.files.frames import reading_frames
from unet_studio.files.measured import with_spacing
from unet_studio.files.volumes import Source, reading
from unet_studio.image.preview import Preview
from unet_studio.image.volume import Volume
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.progress import Progress, Steps
from unet_studio.project.films import Film, film_key, film_name, films, frame_number, scan_of
from unet_studio.project.records import Case, Change, Proposal, SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.ahead import Ahead, quarter_of_free_memory
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.relinking import finding_scan
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.scan import named, reading_scan, working_axis
from unet_studio.workbench.tally import Counts, count

Remembered = tuple[Labels, Counts, dict[int, SliceState], dict[int, Proposal], History[Change]]
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
    counts: Counts

    def is_beside(self, case: Case, volume: Volume | None) -> bool:
        """Whether it is another frame of the scan of which ``case`` is one, on the very grid of its ``volume``."""
        if volume is None or self.case.id == case.id or film_key(self.case) != film_key(case):
            return False
        return self.volume.geometry.is_same_grid(volume.geometry)


class Worklist:
    """The cases of a project, and the lanes in which they are opened and added: a click on a case waits for no other scan.

    ``changed`` tells of other cases or other slice states, ``opening_changed`` of ``opening``, ``opened`` of a case now open,
    ``removed`` of one that is about to go, ``told`` a sentence about a scan that could not be read. ``previewed`` shows one
    slice of the case that was asked for last, before ``opened``. Once a case is open, the scan of the next is read ahead where
    there are ``room_ahead`` bytes for it.
    """

    def __init__(
        self,
        cases: tuple[Case, ...],
        states: Mapping[int, Mapping[int, SliceState]],
        saving: Saving,
        *,
        opening: Lane,
        adding: Lane,
        room_ahead: Callable[[], int] = quarter_of_free_memory,
    ) -> None:
        self.cases = cases
        self.states = {case: dict(of) for case, of in states.items()}
        self.opening: Progress | None = None
        self.awaited: Case | None = None  # that was asked for and is not there yet
        self.changed: Event[[]] = Event()
        self.opening_changed: Event[[]] = Event()
        self.opened: Event[[OpenedCase]] = Event()
        self.previewed: Event[[Preview]] = Event()
        self.removed: Event[[Case]] = Event()
        self.told: Event[[str]] = Event()
        self.lost: Event[[str]] = Event()
        self._saving = saving
        self._opening_lane = opening
        self._adding_lane = adding
        self._ahead = Ahead(opening, room_ahead)
        self._jobs: list[Job[None]] = []  # running and waiting
        self._wanted: object = None  # who asked last to be shown: the answer to an earlier wish is stale

    def add(self, sources: Sequence[Source]) -> None:
        """Afterwards the scans are being read and become cases one by one; the first of them is opened."""
        wish = self._wanted = object()
        first, is_any_there = True, False

        def arrived(source: Source, volume: Volume) -> None:
            nonlocal first
            if not job.is_cancelled:
                show, first = first, False
                self._add(source, volume, wish if show else None)

        def unreadable(sentence: str) -> None:
            if not job.is_cancelled:
                self.told(sentence)

        def there(source: Source, volume: Volume) -> None:
            nonlocal is_any_there
            is_any_there = True
            post(lambda: arrived(source, volume))

        def reading_film(film: Sequence[Source]) -> Steps[None]:
            path, choices = film[0].path, [source.choice for source in film]
            if len(film) == 1:
                there(film[0], (yield from reading(path, choices[0])))
            else:
                each = lambda place, volume: there(film[place], volume)  # noqa: E731
                yield from reading_frames(path, choices, each, has_preview=not is_any_there)

        def steps() -> Steps[None]:
            for number, film in enumerate(in_films):
                name = film[0].name if len(film) == 1 else film_name(film[0].name)
                name = f"Opening {name}" + (f" ({number + 1} of {len(in_films)})" if len(in_films) > 1 else "")
                try:
                    yield from named(reading_film(film), name, has_preview=not is_any_there)
                except StudioError as error:
                    post(lambda sentence=str(error): unreadable(sentence))  # type: ignore[misc]

        in_films = _in_films(sources)
        post = self._saving.post
        job = self._submit("add scans", steps, self._adding_lane, wish)

    def open(self, case: Case) -> None:
        """Afterwards the case is being opened; ``opened`` tells when it is there. An earlier wish is forgotten."""
        wish = self._wanted = object()
        self.awaited = case

        def steps() -> Steps[None]:
            volume = ahead.volume() if ahead is not None else None  # its job was before this one in the lane
            if volume is None:
                path = yield from finding_scan(case, store)
                volume = yield from reading_scan(case, path)
                if path != store.scan_path(case):
                    post(lambda: self.move({case.id: path}))
            post(lambda: self._load(case, volume, wish))

        post, store = self._saving.post, self._saving.store
        for job in self._jobs:
            if job.name == "open case":
                job.cancel()
        ahead = self._ahead.claim(case, {mate.id for mate in self.film(case).cases})
        if ahead is not None:
            ahead.listener = lambda progress: self._show_reading(progress, wish)
        self._submit("open case", steps, self._opening_lane, wish)

    def film(self, case: Case) -> Film:
        """The film of which ``case`` is a frame, as far as this list has its frames; of that case alone where it is none."""
        mates = [c for c in self.cases if film_key(c) == film_key(case)]
        return films(mates or [case])[0]

    @property
    def is_awaited(self) -> bool:
        """Whether a case that was asked for is still wanted, or was the last to be opened."""
        return self._wanted is not None

    def cancel(self) -> None:
        """Afterwards nothing is being opened or added."""
        self._wanted = self.awaited = None
        self._ahead.forget()
        for job in self._jobs:
            job.cancel()

    def move(self, found: Mapping[int, Path], then: Callable[[], None] = lambda: None) -> None:
        """Afterwards the scans of these cases, by id, and of their other frames lie there; then ``then`` is called."""
        mates = {m.id: found[case.id] for case in self.cases if case.id in found for m in self.film(case).cases}
        for case_id, path in (mates | dict(found)).items():
            self._saving.write(lambda store, c=case_id, p=path: store.move_scan(c, p))  # type: ignore[misc]
        self._reload(then)

    def measure(self, case: Case, spacing_xyz: tuple[float, float, float]) -> None:
        """Afterwards the scan of the case, whose file tells no voxel size, has this one in mm, in all frames; it is opened."""
        choices = {mate.id: with_spacing(mate.choice, spacing_xyz) for mate in self.film(case).cases}

        def reopen() -> None:
            for one in self.cases:
                if one.id == case.id:
                    self.open(one)

        def choose(store: Store) -> None:
            for case_id, choice in choices.items():
                store.choose(case_id, choice)

        self._saving.write(choose, lambda _: self._reload(reopen))

    def rename(self, case: Case, name: str) -> None:
        """Afterwards the case is called ``name``."""
        self._saving.write(lambda store: store.rename_case(case.id, name), lambda _: self._reload())

    def mark(self, case: Case, *, is_flagged: bool, comment: str) -> None:
        """Afterwards the case is flagged or not, and commented on like that."""
        self._saving.write(
            lambda store: store.mark_case(case.id, is_flagged=is_flagged, comment=comment), lambda _: self._reload()
        )

    def remove(self, case: Case) -> None:
        """Afterwards the case and all that was drawn on it are gone from the project; the scan's file stays."""
        if self._saving.store.is_read_only:
            return
        self._wanted = self.awaited = None
        self._ahead.forget()
        self.removed(case)
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

    def _add(self, source: Source, volume: Volume, wish: object) -> None:
        if self._saving.store.is_read_only:
            self.told("This project is open to look only, so no scan can be added.")
            return
        known = next((case for case in self.cases if self._is_of(case, source, volume)), None)
        if known is not None:
            self.told(f"{source.path.name} is in this project already, as “{known.name}”.")
            self._load(known, volume, wish)
            return

        def added(case: Case) -> None:
            self.cases = (*self.cases, case)
            self.states[case.id] = {}
            self.changed()
            self._load(case, volume, wish)
            if wish is None and len(self.film(case).cases) > 1:
                self._ahead.keep(case, source.path, volume)  # a frame of what is on the screen, most likely

        self._saving.write(
            lambda store: store.add_case(
                name=source.name, path=source.path, choice=source.choice, fingerprint=volume.fingerprint,
                shape=volume.geometry.shape, axis=working_axis(volume),
            ),
            added,
        )  # fmt: skip

    def _is_of(self, case: Case, source: Source, volume: Volume) -> bool:
        if (case.fingerprint, case.choice) != (volume.fingerprint, source.choice):
            return False
        return self._saving.store.scan_path(case).absolute() == source.path.absolute()

    def _load(self, case: Case, volume: Volume, wish: object) -> None:
        def loaded(remembered: Remembered) -> None:
            if wish is self._wanted:
                self.awaited = None
                labels, counts, states, proposals, history = remembered
                label_map = LabelMap(volume.geometry, labels)
                self.opened(OpenedCase(case, volume, label_map, states, proposals, history, counts))
                self._read_ahead(case, volume)

        if wish is None or wish is not self._wanted:
            return
        self._saving.attempt(lambda store: _remembered(store, case), done=loaded, failed=self._failed)

    def _read_ahead(self, case: Case, volume: Volume) -> None:
        """Afterwards the other frames of the film are being read, the next first, and the scan of the case below in the list."""
        if case.id not in [c.id for c in self.cases]:
            return
        film = self.film(case).cases
        here = film.index(case) if case in film else 0
        near = sorted(range(len(film)), key=lambda n: (abs(n - here), n < here))
        is_frame = frame_number(case.choice) > 0  # then it is kept itself, for when others are looked at
        wanted = [film[n] for n in near] if is_frame else []
        below = films(self.cases)
        place = next(n for n, one in enumerate(below) if one.place(case.id) >= 0) + 1
        wanted += below[place].cases[:1] if place < len(below) else ()
        self._ahead.read([(c, self._saving.store.scan_path(c)) for c in wanted], volume if is_frame else None)

    def _show_reading(self, progress: Progress, wish: object) -> None:
        if isinstance(progress, Preview) and wish is not None and wish is self._wanted:
            self.previewed(progress)
        self.show_progress(progress)

    def _submit(self, name: str, steps: Callable[[], Steps[None]], lane: Lane, wish: object = None) -> Job[None]:
        def ended() -> None:
            self._jobs.remove(job)
            if not self._jobs:
                self.show_progress(None)

        def progressed(progress: Progress) -> None:
            self._show_reading(progress, wish)

        def failed(error: Exception) -> None:
            ended()
            self._failed(error)

        job = Job(name, steps, done=lambda _: ended(), failed=failed, progressed=progressed, cancelled=ended)
        self._jobs.append(job)
        self.show_progress(self.opening or Progress(None, "Opening"))
        return lane.submit(job)

    def _failed(self, error: Exception) -> None:
        self.awaited = None
        if not isinstance(error, StudioError):
            raise error
        (self.lost if isinstance(error, ScanLost) else self.told)(str(error))

    def show_progress(self, progress: Progress | None) -> None:
        """Afterwards ``opening`` is ``progress``: of this list's own work, or of an export."""
        self.opening = progress
        self.opening_changed()

    def _reload(self, then: Callable[[], None] = lambda: None) -> None:
        def loaded(cases: tuple[Case, ...]) -> None:
            self.cases = cases
            self.states = {case.id: self.states.get(case.id, {}) for case in cases}
            self.changed()
            then()

        self._saving.attempt(lambda store: store.cases(), done=loaded, failed=self._failed)


def _in_films(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources, frames of one scan together and in their order."""
    groups: dict[object, list[Source]] = {}
    for number, source in enumerate(sources):
        key = (source.path, scan_of(source.choice)) if frame_number(source.choice) else number
        groups.setdefault(key, []).append(source)
    return [sorted(group, key=lambda s: frame_number(s.choice)) for group in groups.values()]


def _remembered(store: Store, case: Case) -> Remembered:
    labels = store.labels(case)
    done, undone = store.history(case.id, budget_bytes=UNDO_BYTES)
    history = History(done, undone, budget_bytes=UNDO_BYTES)  # here, as packing takes a while
    return labels, count(labels), store.states(case.id), store.proposals(case.id), history
