"""Zip archives, which are not opened: what is in them, and what is wrong with that, told from their lists alone."""

import re
import stat
import zipfile
from collections import Counter
from pathlib import Path

from unet_studio.files.regular import shown, size_in_words

_DEVICE = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)|:", re.IGNORECASE)
_GREATEST_RATIO, _FROM_BYTES = 200, 256 << 20


def archive_refusal(path: Path) -> str:
    """A whole sentence on why a zip archive is not opened, and the next step."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return f"{shown(path)} is a damaged zip archive: its list of files can't be read. Ask for a new copy."
    fault = _fault(parts, path.stat().st_size)
    if fault:
        return f"{shown(path)} is a zip archive and is refused as unsafe: {fault}. Ask where it comes from."
    return f"{shown(path)} is a zip archive, which is not opened. Unpack it into a folder and open that."


def _fault(parts: list[zipfile.ZipInfo], size: int) -> str:
    names = [part.orig_filename for part in parts]  # as stored: zipfile turns backslashes round and cuts at zero bytes
    unpacked = sum(part.file_size for part in parts)
    if any(_leaves(name) for name in names):
        return "a path in it leads outside its folder"
    if any(stat.S_ISLNK(part.external_attr >> 16) for part in parts):
        return "it holds a link to another file"
    if any(count > 1 for count in Counter(names).values()):
        return "it holds two files of the same name (a duplicate)"
    if any(_DEVICE.search(name) for name in names):
        return "it holds a file name that Windows keeps for itself"
    if unpacked > max(_FROM_BYTES, _GREATEST_RATIO * size):
        return f"it is {size_in_words(size)} and unpacks to {size_in_words(unpacked)}, which is too large"
    return ""


def _leaves(name: str) -> bool:
    way = name.replace("\\", "/")
    return way.startswith("/") or ".." in way.split("/") or "\\" in name or re.match(r"[A-Za-z]:", name) is not None
