"""What others than the labels say of a slice of the open case: its proposals, and each checkpoint of the project."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import StudioError
from unet_studio.labels.label_map import Labels
from unet_studio.progress import Progress, Steps
from unet_studio.segmentation.segmenter import Device, Segmenter
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.workbench import Workbench

LABELS, PROPOSALS = "labels", "proposals"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One whose outlines can be looked at: the labels, the proposals, or a checkpoint, by its id as text."""

    key: str
    name: str


class Opinions:
    """Of the case that is open when it is made. A checkpoint is asked slice by slice, in a lane of its own, and remembered.

    ``arrived`` tells of a checkpoint's answer (key, slice), ``failed`` a sentence. Close it when done.
    """

    def __init__(self, workbench: Workbench, post: Post, open_segmenter: Callable[[Path, Device], Segmenter]) -> None:
        assert workbench.annotation is not None and workbench.viewport.volume is not None
        self.annotation = workbench.annotation
        self.arrived: Event[[str, int]] = Event()
        self.failed: Event[[str]] = Event()
        self._volume = workbench.viewport.volume
        self._checkpoints = workbench.project.checkpoints if workbench.project is not None else None
        self._device = workbench.assistant.device
        self._open_segmenter = open_segmenter
        self._lane = Lane("comparing", post)
        self._known: dict[tuple[str, int], Labels] = {}
        self._asked: set[tuple[str, int]] = set()
        self._opened: dict[str, Segmenter] = {}  # only touched in the lane

    def all(self) -> tuple[Opinion, ...]:
        """Who can be asked: the labels, the proposals, and the checkpoints from the newest; names of the first two are empty."""
        records = self._checkpoints.records if self._checkpoints is not None else ()
        newest = sorted(records, key=lambda record: -record.id)
        return Opinion(LABELS, ""), Opinion(PROPOSALS, ""), *(Opinion(str(r.id), r.name) for r in newest)

    def ask(self, key: str, index: int) -> Labels | None:
        """What ``key`` says of a working slice, (row, column) as it is shown; None where there is no answer, or not yet.

        A checkpoint that was not asked before is being asked then, and ``arrived`` tells when it has answered.
        """
        if key == LABELS:
            return self.annotation.labels(index)
        if key == PROPOSALS:
            proposal = self.annotation.proposals.get(index)  # also one that was accepted and corrected since
            return proposal.labels if proposal is not None else None
        if (key, index) not in self._known and (key, index) not in self._asked:
            self._submit(key, index)
        return self._known.get((key, index))

    def is_asked(self, key: str, index: int) -> bool:
        """Whether an answer is on its way."""
        return (key, index) in self._asked

    def close(self) -> None:
        """Afterwards nobody is asked any more; an answer in the making is dropped, and not waited for."""
        self._lane.close(timeout_s=0.0)

    def _submit(self, key: str, index: int) -> None:
        checkpoints = self._checkpoints
        record = next((r for r in checkpoints.records if str(r.id) == key), None) if checkpoints is not None else None
        if checkpoints is None or record is None:
            return
        file = checkpoints.path(record)
        self._asked.add((key, index))

        def steps() -> Steps[Labels]:
            yield Progress()
            if key not in self._opened:
                self._opened[key] = self._open_segmenter(file, self._device)
            return next(iter(self._opened[key].predict(self._volume, [index]))).labels

        def done(labels: Labels) -> None:
            self._known[key, index] = labels
            self._asked.discard((key, index))
            self.arrived(key, index)

        def failed(error: Exception) -> None:
            self._asked.discard((key, index))
            if not isinstance(error, StudioError):
                raise error
            self.failed(str(error))

        self._lane.submit(Job("compare", steps, done=done, failed=failed))
