"""What a project remembers, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from unet_studio.image.volume import Index
from unet_studio.labels.classes import ClassChange
from unet_studio.labels.edit import LabelEdit, PackedEdit
from unet_studio.labels.label_map import Labels
from unet_studio.segmentation.card import CheckpointCard

SUFFIX = ".unetstudio"  # of a project's folder


PACKED_FROM, PACKED_UP_TO = 1 << 11, 1 << 23  # bytes of an edit: below there is little to gain, above it takes 10 ms


class SliceState(StrEnum):
    """How far the work on a slice is. Only reviewed slices train."""

    UNTOUCHED = "untouched"
    PREDICTED = "predicted"
    EDITED = "edited"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Case:
    """A scan in a project. ``path`` is where it lies, ``choice`` which of several volumes there ("" where there is one).

    ``shape`` is (z, y, x); ``axis`` is the array axis along which its slices count. ``fingerprint`` is the volume's.
    ``path`` is relative to the project's folder where it can be; ``absolute_path`` is where it lay when it was added.
    ``is_flagged`` and ``comment`` are the user's own marks.
    """

    id: int
    name: str
    path: str
    choice: str
    fingerprint: str
    shape: Index
    axis: int
    absolute_path: str = ""
    is_flagged: bool = False
    comment: str = ""

    @property
    def slices(self) -> int:
        """How many slices there are to work on."""
        return self.shape[self.axis]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A prediction kept beside the labels of one slice, (row, column) the way up it is shown, until accepted or replaced.

    ``doubt`` is how likely each pixel's label is wrong, 0 to 255, as ``blobs.pack`` packs it; empty where that is not known. It
    is not kept in the project. ``to_correct`` is how many pixels are expected to be wrong, 0 where nobody can tell.
    """

    index: int
    labels: Labels
    uncertainty: float
    checkpoint_id: int | None
    doubt: bytes = field(default=b"", compare=False)
    to_correct: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One action of the user on one case, under one name: an edit of the labels, new slice states, other label classes.

    ``states`` maps slice index to the state before and after; ``classes`` are the project's, and changed with this case.
    ``proposals`` maps slice index to what lay beside it before and after, None for nothing; only those the user asked for
    slice by slice are an action, not a network's.
    """

    name: str
    edit: LabelEdit | None = None
    states: Mapping[int, tuple[SliceState, SliceState]] = field(default_factory=dict)
    classes: tuple[ClassChange, ...] = ()
    proposals: Mapping[int, tuple[Proposal | None, Proposal | None]] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """How much memory it holds."""
        beside = sum(one.labels.nbytes for pair in self.proposals.values() for one in pair if one is not None)
        return 200 + beside + (self.edit.nbytes if self.edit else 0)

    def packed(self) -> "PackedChange | None":
        """The same change in less memory; None where there is little to gain, or it would take longer than a hand waits."""
        if self.edit is None or not PACKED_FROM <= self.edit.nbytes <= PACKED_UP_TO:
            return None
        return PackedChange(replace(self, edit=None), self.edit.packed(), self.nbytes)

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        back = {index: (after, before) for index, (before, after) in self.states.items()}
        classes = tuple(change.inverse() for change in reversed(self.classes))
        beside = {index: (after, before) for index, (before, after) in self.proposals.items()}
        edit = self.edit.inverse() if self.edit else None
        return replace(self, edit=edit, states=back, classes=classes, proposals=beside)


@dataclass(frozen=True, slots=True)
class PackedChange:
    """A ``Change`` put away: all but the edit, the edit compressed, and what the change counts in a budget of bytes."""

    rest: Change
    edit: PackedEdit
    nbytes: int

    @property
    def name(self) -> str:
        """The change's."""
        return self.rest.name

    def unpacked(self) -> Change:
        """The change itself."""
        return replace(self.rest, edit=self.edit.unpacked())


@dataclass(frozen=True, slots=True)
class CheckpointRecord:
    """A checkpoint of the project: ``file`` is its name in the folder ``checkpoints``; ``sha256`` that file's digest."""

    id: int
    name: str
    file: str
    sha256: str
    card: CheckpointCard
    is_active: bool
