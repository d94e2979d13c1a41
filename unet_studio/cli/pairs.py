"""Scans and their labels on the disk, told to belong together by their stems."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from unet_studio.cli.output import Output
from unet_studio.errors import ReadError
from unet_studio.files.regular import reading_errors, regular_size, shown, stem

_COMPANIONS = (".raw", ".zraw", ".raw.gz", ".img", ".json", ".txt", ".csv", ".md", ".pdf", ".bval", ".bvec")


@dataclass(frozen=True, slots=True)
class Pair:
    """A scan and its labels; ``case`` is their stem."""

    case: str
    image: Path
    labels: Path


def stem_of(path: Path) -> str:
    """What a scan is called without its format; a folder's whole name."""
    return shown(path) if path.is_dir() else stem(path)


def find_pairs(images: Path, labels: Path, cases: Path | None, output: Output) -> list[Pair]:
    """The scans in ``images`` that have labels in ``labels``, in the order of their stems; only those that ``cases`` lists.

    Either may be a file: then the two belong together whatever they are called. ``output`` is told of what has no partner.

    Raises:
        ReadError: a folder is not there, nothing belongs together, two scans share a stem, or a listed one is missing.
    """
    for path in (images, labels):
        with reading_errors(path):
            path.stat()
    if labels.is_file():
        return [Pair(stem_of(images), images, labels)]
    scans, masks = _by_stem(images), _by_stem(labels)
    wanted = None if cases is None else _listed(cases)
    both = sorted(scans.keys() & masks.keys())
    if wanted is not None:
        if missing := [case for case in wanted if case not in both]:
            where = images if missing[0] not in scans else labels
            raise ReadError(f"{missing[0]}, listed in {shown(cases or where)}, is not in {shown(where)}.", path=where)
        both = [case for case in both if case in wanted]
    elif alone := sorted(scans.keys() ^ masks.keys()):
        output.warn(f"Left out, as only one of scan and labels is there: {_some(alone)}.")
    if not both:
        raise ReadError(
            f"No scan in {shown(images)} has labels of the same name in {shown(labels)}; name them alike.", path=images
        )
    return [Pair(case, scans[case], masks[case]) for case in both]


def _by_stem(folder: Path) -> dict[str, Path]:
    with reading_errors(folder):
        entries = [folder] if folder.is_file() else sorted(folder.iterdir())
    found: dict[str, Path] = {}
    for path in entries:
        name = path.name.lower()
        if name.startswith(".") or name in ("thumbs.db", "desktop.ini") or name.endswith(_COMPANIONS):
            continue
        if (stem := stem_of(path)) in found:
            raise ReadError(
                f"{shown(path)} and {shown(found[stem])} in {shown(folder)} have the same stem; move one away.",
                path=path,
            )
        found[stem] = path
    return found


def _listed(file: Path) -> list[str]:
    regular_size(file)
    with reading_errors(file):
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _some(names: Collection[str]) -> str:
    first = ", ".join(list(names)[:3])
    return first if len(names) <= 3 else f"{first} and {len(names) - 3} more"
