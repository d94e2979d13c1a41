"""What a drop of files and folders means: which cases they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unet_studio.errors import ReadError
from unet_studio.files.contents import STACK, Kind, folder_contents, kind_of
from unet_studio.files.regular import regular_size, shown, stem
from unet_studio.files.scan_list import read_scan_list
from unet_studio.files.unrecognised import unrecognised
from unet_studio.progress import finish


@dataclass(frozen=True, slots=True)
class Source:
    """Where one case comes from: ``reading(path, choice)`` opens it. ``name`` is what the case is called, never a patient."""

    path: Path
    choice: str
    name: str


@dataclass(frozen=True, slots=True)
class Sources:
    """``cases`` take every picture for itself. Where ``pictures_may_stack``, the user is asked whether ``stacks`` are meant.

    A stack is a folder of several pictures; if the user says so, it replaces the cases whose path lies in that folder.
    ``unreadable`` has a sentence for each path that can't be opened; the others still come.
    """

    cases: tuple[Source, ...] = ()
    stacks: tuple[Source, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def pictures_may_stack(self) -> bool:
        """Whether there is a folder of pictures that could be one volume."""
        return bool(self.stacks)

    def stacked(self) -> tuple[Source, ...]:
        """The cases where each folder of pictures is one volume."""
        folders = [s.path for s in self.stacks]
        single = [c for c in self.cases if not any(c.path.parent == f or f in c.path.parents for f in folders)]
        return (*single, *self.stacks)


def split_choice(text: str) -> tuple[Path, str]:
    """``PATH#id`` taken apart: the longest part that exists is the path. The whole text where none does."""
    whole = Path(text)
    if _exists(whole):
        return whole, ""
    end = len(text)
    while (end := text.rfind("#", 0, end)) > 0:
        if _exists(Path(text[:end])):
            return Path(text[:end]), text[end + 1 :]
    return whole, ""


def sources(paths: Sequence[Path]) -> Sources:
    """The cases in dropped or chosen files and folders: one per series, scan file or picture."""
    cases: list[Source] = []
    stacks: list[Source] = []
    unreadable: list[str] = []
    for path in _without_slices(paths):
        try:
            if path.is_dir():
                found = _in_folder(path)
                cases += found.cases
                stacks += found.stacks
                unreadable += found.unreadable
            elif path.name.upper() == "DICOMDIR":
                cases += _in_folder(path.parent).cases
            elif path.suffix.lower() == ".json" and path.is_file():
                listed = read_scan_list(path)
                found = sources(listed.files)
                cases += found.cases
                unreadable += [*listed.missing, *found.unreadable]
            else:
                _check(path)
                cases.append(Source(path, "", stem(path)))
        except (ReadError, OSError) as error:
            unreadable.append(str(error))
    nameless = [case for case in cases if not _is_text(case.path)]
    unreadable += [
        f"{shown(case.path)} has a name in another encoding than UTF-8, which no project can hold. Rename it first."
        for case in nameless
    ]
    named = [case for case in cases if case not in nameless]
    return Sources(tuple(dict.fromkeys(named)), tuple(s for s in stacks if _is_text(s.path)), tuple(unreadable))


def _is_text(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False


def _check(path: Path) -> None:
    regular_size(path)
    if kind_of(path) is None:
        raise unrecognised(path)


def _in_folder(folder: Path) -> Sources:
    contents = finish(folder_contents(folder))
    cases = [Source(folder, s.id, s.name) for s in contents.scans if "/" not in s.id and not _is_file(folder, s.id)]
    cases += [Source(path, "", stem(path)) for path in contents.files]
    cases += [Source(path, "", stem(path)) for path in contents.pictures]
    stacks = [Source(folder, STACK, shown(folder))] if len(contents.pictures) > 1 else []
    unreadable = contents.unreadable
    if not cases and not unreadable:
        unreadable = (
            f"{shown(folder)} is a folder with no images in it (no DICOM, NIfTI, NRRD or pictures). Choose another folder.",
        )
    return Sources(tuple(cases), tuple(stacks), unreadable)


def _is_file(folder: Path, choice: str) -> bool:
    return split_choice(str(folder / choice))[0].is_file()


def _without_slices(paths: Sequence[Path]) -> list[Path]:
    """The paths, but several DICOM files of one folder as that folder: dropped slices are a series, not cases."""
    dicom: dict[Path, int] = {}
    kinds: dict[Path, bool] = {}
    for path in paths:
        try:
            kinds[path] = path.is_file() and kind_of(path) is Kind.DICOM
        except (ReadError, OSError):
            kinds[path] = False
        if kinds[path]:
            dicom[path.parent] = dicom.get(path.parent, 0) + 1
    taken = [path.parent if kinds[path] and dicom[path.parent] > 1 else path for path in paths]
    return list(dict.fromkeys(taken))
