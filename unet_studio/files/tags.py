"""The tags of a DICOM file as a list to read and search."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unet_studio.errors import ReadError
from unet_studio.files.regular import reading_errors, regular_size, shown

_LONGEST = 200  # characters of a value
_MOST = 5000  # tags
_DEEPEST = 8  # nested sequences


@dataclass(frozen=True, slots=True)
class Tag:
    """One data element: ``number`` as (gggg,eeee), ``depth`` the sequences it lies in. ``value`` is plain text, cut if long."""

    number: str
    name: str
    kind: str
    value: str
    depth: int = 0

    def matches(self, text: str) -> bool:
        """Whether number, name or value hold ``text``, whatever the case."""
        wanted = text.casefold()
        return any(wanted in part.casefold() for part in (self.number, self.name, self.value))


def read_tags(path: Path) -> tuple[Tag, ...]:
    """The tags of a DICOM file but its pixels, in the file's order, those of a sequence after it.

    Raises:
        ReadError: it can't be read as DICOM.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    regular_size(path)
    with reading_errors(path):
        try:
            dataset = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            found: list[Tag] = []
            for part in (getattr(dataset, "file_meta", None), dataset):
                if part is not None:
                    _collect(part, 0, found)
        except (
            InvalidDicomError,
            ValueError,
            KeyError,
            AttributeError,
            TypeError,
            NotImplementedError,
            EOFError,
        ) as error:
            raise ReadError(f"The tags of {shown(path)} can't be read: the file is damaged.", path=path) from error
    return tuple(found[:_MOST])


def _collect(dataset: Any, depth: int, found: list[Tag]) -> None:
    for element in dataset:
        if len(found) >= _MOST:
            return
        number = f"({element.tag.group:04X},{element.tag.element:04X})"
        if element.VR == "SQ":
            found.append(Tag(number, element.name, "SQ", f"{len(element.value)} items", depth))
            if depth < _DEEPEST:
                for item in element.value:
                    _collect(item, depth + 1, found)
        else:
            found.append(Tag(number, element.name, element.VR, _text(element.value), depth))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    text = " ".join(str(value).split())  # a line break in a value would tear the list
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
