"""The colour table of a PNG or of a folder of them: what colours a mask's values had where it was made."""

import struct
from pathlib import Path

from unet_studio.errors import ReadError
from unet_studio.files.pictures import natural
from unet_studio.files.regular import reading_errors
from unet_studio.labels.label_map import Colour

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 200


def palette_of(path: Path) -> dict[int, Colour]:
    """The colour of each value of a palette picture, or of the first picture of a folder; empty where there is none."""
    if path.is_dir():
        pictures = sorted(path.glob("*.png"), key=natural)
        return palette_of(pictures[0]) if pictures else {}
    try:
        table = _table(path)
    except ReadError:
        return {}
    return {n: (table[3 * n], table[3 * n + 1], table[3 * n + 2]) for n in range(len(table) // 3)}


def _table(path: Path) -> bytes:
    """The PLTE chunk of a PNG (its palette); empty where it has none."""
    with reading_errors(path), path.open("rb") as file:
        if file.read(8) != _SIGNATURE:
            return b""
        for _ in range(_MOST_CHUNKS):
            head = file.read(8)
            if len(head) < 8 or head[4:] == b"IDAT":
                return b""
            (length,) = struct.unpack(">I", head[:4])
            if head[4:] == b"PLTE":
                return file.read(min(length, 768))
            file.seek(length + 4, 1)
    return b""
