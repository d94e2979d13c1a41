"""A list of scans as JSON: ``{"schema": 1, "images": [{"path": "case1.nii.gz"}]}``, each beside the list or in a folder below."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from unet_studio.errors import ReadError
from unet_studio.files.regular import reading_errors, regular_size, shown

_NEWEST = 1
_LARGEST = 16 << 20
_NEXT = "Ask for a new copy, or restore a backup of it."


@dataclass(frozen=True, slots=True)
class ScanList:
    """The files that are there, and a sentence for each that is missing."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]


def read_scan_list(path: Path) -> ScanList:
    """The scans that a JSON file lists.

    Raises:
        ReadError: damaged, newer, of another form, or it names a file outside its own folder.
    """
    if regular_size(path) > _LARGEST:
        raise ReadError(f"{shown(path)} is too large for a list of scans. Open the scans themselves.", path=path)
    with reading_errors(path):
        content = path.read_bytes()
    listed = _parsed(content, path)
    schema = listed.get("schema", _NEWEST)
    if isinstance(schema, int) and schema > _NEWEST:
        raise ReadError(
            f"{shown(path)} was written by a newer version (schema {schema}, this one reads {_NEWEST}). Update the program.",
            path=path,
        )
    images = listed.get("images")
    if not isinstance(images, list) or not all(isinstance(i, dict) and isinstance(i.get("path"), str) for i in images):
        raise ReadError(
            f"{shown(path)} is damaged or of another format: its field “images” is no list of scans. {_NEXT}", path=path
        )
    if not images:
        raise ReadError(f"{shown(path)} lists no images. Open the scans themselves.", path=path)
    return _looked_for([str(i["path"]) for i in images], path)


def _looked_for(names: Sequence[str], path: Path) -> ScanList:
    found, missing = [], []
    for name in names:
        with reading_errors(path):
            file = (path.parent / name).resolve() if "\0" not in name else path
            is_outside = not file.is_relative_to(path.parent.resolve())
            is_there = file.exists() and file != path
        if is_outside:
            raise ReadError(
                f"{shown(path)} names a file outside its own folder, which is not allowed. Put all into one folder.",
                path=path,
            )
        if is_there:
            found.append(file)
        else:
            missing.append(f"{shown(file)}, which {shown(path)} lists, is missing. Locate it and put it back there.")
    return ScanList(tuple(found), tuple(missing))


def _parsed(content: bytes, path: Path) -> dict[str, Any]:
    try:
        listed = json.loads(content, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{shown(path)} is damaged: it is no JSON from line {error.lineno} on. {_NEXT}", path=path
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{shown(path)} is damaged: it is no text. {_NEXT}", path=path) from error
    except RecursionError as error:
        raise ReadError(f"{shown(path)} is damaged: it is nested too deeply. {_NEXT}", path=path) from error
    except ValueError as error:
        raise ReadError(f"{shown(path)} is damaged: it holds NaN or infinity. {_NEXT}", path=path) from error
    if not isinstance(listed, dict):
        raise ReadError(f"{shown(path)} is of another format: it lists no scans. {_NEXT}", path=path)
    return listed


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
