"""The figures of the case on the screen, kept true while it is drawn on, and those of an earlier scan to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from unet_studio.image.volume import Volume
from unet_studio.labels.label_map import Labels
from unet_studio.labels.slice_statistics import Measured, Spread, measured, spreads
from unet_studio.progress import Progress, Steps
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.workbench.annotation import Annotation, Box
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.tally import count

AT_ONCE = 16  # slices that are copied for the lane in one go: 16 of 512 x 512 take a millisecond


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case to compare with: voxels by label value; ``voxel_ml`` is None where its voxels' size is not known."""

    case_id: int
    voxels: Mapping[int, int]
    voxel_ml: float | None


class Measuring:
    """``changed`` tells of other ``figures``, of ``is_working``, or of another ``earlier``.

    Nothing is measured before it ``is_wanted``. The lane is given copies of the slices that changed, a few at a time.
    """

    def __init__(self, post: Post) -> None:
        self.figures: tuple[Measured, ...] = ()
        self.earlier: Earlier | None = None
        self.is_working = False
        self.changed: Event[[]] = Event()
        self._post = post
        self._lane = Lane("measuring", post)
        self._is_wanted = False
        self._annotation: Annotation | None = None
        self._volume: Volume | None = None
        self._saving: Saving | None = None
        self._slices: dict[int, dict[int, Spread]] = {}
        self._stale: set[int] = set()

    def watch(self, annotation: Annotation | None, volume: Volume | None, saving: Saving | None) -> None:
        """Afterwards the figures are those of this case, or of none."""
        self._annotation, self._volume, self._saving = annotation, volume, saving
        self.figures, self.earlier, self._slices, self.is_working = (), None, {}, False
        self._stale = set()
        if annotation is not None and volume is not None and saving is not None:
            self._stale = set(range(annotation.case.slices))
            annotation.changed.connect(partial(self._note, annotation))
            annotation.history_changed.connect(lambda: self._post(self._go_on))  # once its changes are told, too
            known = volume.geometry.voxel_ml if volume.geometry.has_spacing else None
            case = annotation.case
            saving.write(lambda store: _keep_size(store, case, known))
            saving.attempt(
                lambda store: _last_earlier(store, case), done=partial(self._show_earlier, case), failed=self._failed
            )
        self.changed()
        self._go_on()

    def set_wanted(self, *, is_wanted: bool) -> None:
        """Afterwards somebody looks at the figures, or nobody does."""
        self._is_wanted = is_wanted
        self._go_on()

    def compare(self, case: Case | None) -> None:
        """Afterwards the figures are compared with those of an earlier case, or with none, also the next time."""
        if self._annotation is None or self._saving is None:
            return
        key = _earlier_key(self._annotation.case)
        self._saving.write(lambda store: store.remember(key, "" if case is None else str(case.id)))
        if case is None:
            self._show_earlier(self._annotation.case, None)
        else:
            earlier_id, now = case.id, self._annotation.case
            self._saving.attempt(
                lambda store: _earlier(store, earlier_id), done=partial(self._show_earlier, now), failed=self._failed
            )

    def close(self) -> None:
        """Stops measuring."""
        self._lane.close()

    # ---- inside

    def _note(self, annotation: Annotation, box: Box) -> None:
        if annotation is self._annotation:
            along = box[annotation.case.axis]
            self._stale.update(range(along.start, along.stop))

    def _go_on(self) -> None:
        annotation, volume = self._annotation, self._volume
        if self.is_working or not (self._is_wanted and self._stale) or annotation is None or volume is None:
            return
        taken = sorted(self._stale)[:AT_ONCE]
        self._stale.difference_update(taken)
        across = (slice(None),) * annotation.case.axis
        copies = {i: annotation.label_map.voxels[across + (i,)].copy() for i in taken}  # noqa: RUF005 (mypy)

        def steps() -> Steps[dict[int, dict[int, Spread]]]:
            yield Progress()
            return _spreads_of(copies, volume, annotation.case.axis)

        def done(found: dict[int, dict[int, Spread]]) -> None:
            if annotation is self._annotation:
                self.is_working = False
                self._slices.update(found)
                if not self._stale:
                    geometry = volume.geometry
                    self.figures = measured(self._slices, geometry.voxel_ml if geometry.has_spacing else None)
                    self.changed()
                self._go_on()

        self.is_working = True
        self._lane.submit(Job("measure", steps, done=done, failed=self._failed))

    def _show_earlier(self, case: Case, earlier: Earlier | None) -> None:
        if self._annotation is not None and self._annotation.case.id == case.id:
            self.earlier = earlier
            self.changed()

    def _failed(self, error: Exception) -> None:
        raise error


def _spreads_of(copies: Mapping[int, Labels], volume: Volume, axis: int) -> dict[int, dict[int, Spread]]:
    across = (slice(None),) * axis
    return {i: spreads(labels, volume.voxels[across + (i,)]) for i, labels in copies.items()}  # noqa: RUF005 (mypy)


def _keep_size(store: Store, case: Case, voxel_ml: float | None) -> None:
    """Afterwards the size of the case's voxels is remembered, for comparing another case with it."""
    size = "" if voxel_ml is None else repr(voxel_ml)
    if store.remembered(_size_key(case.id)) != size:
        store.remember(_size_key(case.id), size)


def _last_earlier(store: Store, case: Case) -> Earlier | None:
    number = store.remembered(_earlier_key(case))
    return _earlier(store, int(number)) if number and number.isdecimal() else None


def _size_key(case_id: int) -> str:
    return f"voxel_ml {case_id}"


def _earlier_key(case: Case) -> str:
    return f"earlier {case.id}"


def _earlier(store: Store, case_id: int) -> Earlier | None:
    case = next((c for c in store.cases() if c.id == case_id), None)
    if case is None:
        return None
    voxels = {value: int(n) for value, n in enumerate(count(store.labels(case))) if value and n}
    size = store.remembered(_size_key(case_id))
    return Earlier(case_id, voxels, float(size) if size else None)
