"""What a file or folder holds: each file's kind by its content, never by its name, and the volumes in them."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from unet_studio.errors import ReadError
from unet_studio.files.nifti_header import is_nifti
from unet_studio.files.regular import reading_errors, shown
from unet_studio.files.scan import Scan
from unet_studio.files.stored import read_start
from unet_studio.files.unrecognised import unrecognised
from unet_studio.progress import Progress, Steps

STACK = "stack"  # the choice that takes a folder's pictures for the slices of one volume
_OURS = (".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd", ".dcm", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".hdr")


class Kind(StrEnum):
    """The kinds of file that are read."""

    NIFTI = "NIfTI"
    NRRD = "NRRD"
    METAIMAGE = "MetaImage"
    DICOM = "DICOM"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Contents:
    """The volumes at a path; in a folder, its pictures apart, and a sentence for each file that should open but does not."""

    scans: tuple[Scan, ...] = ()
    pictures: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    unreadable: tuple[str, ...] = ()
    has_dicom: bool = False


def kind_of(path: Path) -> Kind | None:
    """The kind of an ordinary file; None where it is nothing that is read.

    Raises:
        ReadError: it can't be opened, is empty, or is gzip that is damaged from its start.
    """
    head = read_start(path, 544)
    if head[128:132] == b"DICM":  # first: the 128 bytes before it may pose as a TIFF
        return Kind.DICOM
    if is_nifti(head):
        return Kind.NIFTI
    if head.startswith(b"NRRD000"):
        return Kind.NRRD
    from unet_studio.files import pictures
    from unet_studio.files.metaimage import is_metaimage

    if is_metaimage(head):
        return Kind.METAIMAGE
    if pictures.is_picture(head):
        return Kind.PICTURE
    if path.name.lower().endswith((".img", ".img.gz")):
        return Kind.NIFTI
    from unet_studio.files.dicom_header import looks_like_dicom

    return Kind.DICOM if looks_like_dicom(head) else None


def file_contents(path: Path, *, is_trusted: bool = False) -> Steps[Contents]:
    """The volumes of one file.

    Raises:
        ReadError: nothing that is read, or damaged.
        ChoiceNeeded: suspiciously large once unpacked; ``is_trusted`` opens it all the same.
    """
    kind = kind_of(path)
    if kind is Kind.DICOM:
        from unet_studio.files import dicom
        from unet_studio.files.dicom_header import slice_headers

        slice_headers(path)  # its own sentence where it is damaged
        found = yield from dicom.scans([path])
        return Contents(found.scans, has_dicom=True)
    if kind is None:
        raise unrecognised(path)
    return Contents(_scans(path, kind, is_trusted=is_trusted))


def folder_contents(folder: Path) -> Steps[Contents]:
    """The volumes in a folder and the folders below it. Other files between them are passed over."""
    by_kind: dict[Kind, list[Path]] = {kind: [] for kind in Kind}
    unreadable: list[str] = []
    files = list(_files(folder))
    for number, path in enumerate(files):
        try:
            kind = kind_of(path)
        except ReadError as error:
            kind = None
            if path.name.lower().endswith(_OURS):
                unreadable.append(str(error))
        else:
            if kind is None and path.name.lower().endswith(_OURS):
                unreadable.append(
                    f"{shown(path)} is not in a format that is recognised. Check that it is the right file."
                )
        if kind is not None:
            by_kind[kind].append(path)
        if number % 64 == 0:
            yield Progress(None, f"Looking at {len(files)} files in {shown(folder)}")
    scans: list[Scan] = []
    if by_kind[Kind.DICOM]:
        from unet_studio.files import dicom

        found = yield from dicom.scans(by_kind[Kind.DICOM])
        scans += found.scans
        unreadable += [s for s in found.unreadable if "holds no image" not in s]
    opened: list[Path] = []
    for kind in (Kind.NIFTI, Kind.NRRD, Kind.METAIMAGE):
        for path in by_kind[kind]:
            try:
                scans += _within(folder, path, _scans(path, kind))
                opened.append(path)
            except ReadError as error:
                unreadable.append(str(error))
    pictures = tuple(by_kind[Kind.PICTURE])
    return Contents(tuple(scans), pictures, tuple(opened), tuple(unreadable), has_dicom=bool(by_kind[Kind.DICOM]))


def picture_stack(folder: Path, pictures: tuple[Path, ...]) -> Scan:
    """A folder's pictures as one volume.

    Raises:
        ReadError: they differ in size or kind, or one is damaged.
    """
    from unet_studio.files.pictures import stack

    return stack(folder, pictures)


def _scans(path: Path, kind: Kind, *, is_trusted: bool = False) -> tuple[Scan, ...]:
    if kind is Kind.NIFTI:
        from unet_studio.files import nifti

        return nifti.scans(path, is_trusted=is_trusted)
    if kind is Kind.NRRD:
        from unet_studio.files import nrrd

        return nrrd.scans(path, is_trusted=is_trusted)
    if kind is Kind.METAIMAGE:
        from unet_studio.files import metaimage

        return metaimage.scans(path, is_trusted=is_trusted)
    from unet_studio.files import pictures

    return pictures.scans(path)


def _within(folder: Path, path: Path, scans: tuple[Scan, ...]) -> list[Scan]:
    """The scans under ids that lead to them from the folder: ``sub/case1.nii.gz`` or ``four_d.nii.gz#2``."""
    name = path.relative_to(folder).as_posix()
    return [replace(s, id=name if len(scans) == 1 else f"{name}#{s.id}") for s in scans]


def _files(folder: Path) -> Iterator[Path]:
    """The ordinary files in a folder and below, by name; linked folders once, dot-files and the .img of a pair never."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        with reading_errors(current):
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(current), key=lambda e: e.name)
        folders = []
        for entry in entries:
            try:
                mode = entry.stat().st_mode
            except OSError:  # a link to nowhere
                continue
            if entry.name.startswith("."):
                continue
            if stat.S_ISDIR(mode):
                folders.append(current / entry.name)
            elif stat.S_ISREG(mode) and not _is_second_half(current / entry.name):
                yield current / entry.name
        waiting += reversed(folders)


def _is_second_half(path: Path) -> bool:
    """Whether its header file will bring it: .img beside .hdr, .raw or .zraw beside .mhd or .nhdr."""
    name = path.name.lower()
    if name.endswith((".img", ".img.gz")):
        base = path.name[: name.rindex(".img")]
        return any(path.with_name(base + e).exists() for e in (".hdr", ".hdr.gz"))
    return name.endswith((".raw", ".zraw", ".raw.gz"))
