"""Films: scans taken several times over, whose frames are a case each and belong together. Told from where the cases lie."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from unet_studio.project.records import Case

T = TypeVar("T")

# A frame of a 4-D file ("3", "anyway-3", "sub/scan.nii#3") or a phase of a DICOM series ("1.2.840.phase3"), with the voxel
# size that the user may have given.
_FRAME = re.compile(
    r"^(?P<rest>(?:.*#)?(?:anyway-)?|.+\.phase)(?P<number>[1-9]\d{0,4})(?P<copy>\+\d+)?(?:@[\d.x]+)?$", re.DOTALL
)
_NAMED = re.compile(r" (?:frame|phase) [1-9]\d*$")

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Film:
    """One entry of the list of cases: the frames of one scan that the project holds, in their order; of most scans one."""

    name: str
    cases: tuple[Case, ...]

    @property
    def id(self) -> int:
        """The id of its first frame."""
        return self.cases[0].id

    @property
    def slices(self) -> int:
        """How many slices there are to work on, in all frames."""
        return sum(case.slices for case in self.cases)

    @property
    def is_flagged(self) -> bool:
        """Whether one of its frames is."""
        return any(case.is_flagged for case in self.cases)

    @property
    def comment(self) -> str:
        """What the user said of it, or of its frames: each comment once."""
        return "\n".join(dict.fromkeys(case.comment for case in self.cases if case.comment))

    def place(self, case_id: int) -> int:
        """Which of its frames a case is, from 0; -1 where it is none of them."""
        return next((place for place, case in enumerate(self.cases) if case.id == case_id), -1)

    def states(self, of: Mapping[int, Mapping[int, T]]) -> dict[tuple[int, int], T]:
        """What is known of the slices of its frames, by case id and slice."""
        return {(case.id, index): state for case in self.cases for index, state in of.get(case.id, {}).items()}


@functools.cache
def frame_number(choice: str) -> int:
    """Which frame of its scan a case's ``choice`` names, from 1; 0 where it names none."""
    found = _FRAME.match(choice)
    return int(found["number"]) if found else 0


@functools.cache
def scan_of(choice: str) -> str:
    """What is the same in the ``choice`` of all frames of one scan, and of no other scan of its path."""
    found = _FRAME.match(choice)
    return choice if found is None else f"{found['rest'].removesuffix('anyway-')}*{found['copy'] or ''}"


def film_key(case: Case) -> Key:
    """The same for all frames of one scan, and for no other case."""
    if not frame_number(case.choice):
        return (case.id,)
    return case.path, scan_of(case.choice), case.shape, case.axis


def films(cases: Iterable[Case]) -> tuple[Film, ...]:
    """The cases, those of one scan together, in the order of the first of each."""
    groups: dict[Key, list[Case]] = {}
    for case in cases:
        groups.setdefault(film_key(case), []).append(case)
    return tuple(_film(group) for group in groups.values())


def frame_name(name: str, case: Case) -> str:
    """What a frame is called where its film is called ``name``."""
    found = _NAMED.search(case.name)
    word = found[0] if found else f" frame {frame_number(case.choice)}"
    return name + word


def film_name(name: str) -> str:
    """What a scan is called of which a frame is called ``name``."""
    return _NAMED.sub("", name)


def _film(cases: list[Case]) -> Film:
    ordered = tuple(sorted(cases, key=lambda c: (frame_number(c.choice), c.id)))
    name = ordered[0].name
    return Film(name if len(ordered) == 1 else film_name(name), ordered)
