"""Weights that another program pickled: what they are, told without unpickling or unpacking them."""

import zipfile
import zlib
from pathlib import Path

_MAGIC = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
_NAMES = (".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".safetensors")
_GREATEST_RATIO, _FROM_BYTES = 50, 256 << 20


def pickled_fault(path: Path) -> str:
    """Why such a file is not opened, as the end of a sentence that begins with its name; "" where it is none.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        first = file.read(16)
    if not first.startswith(_MAGIC) or path.suffix.lower() not in _NAMES:
        return ""
    if first.startswith(b"PK") and (fault := _zip_fault(path)):
        return fault
    return (
        "is not a checkpoint of ours but a pickled PyTorch file, which may run any program when it is opened; which architecture "
        "its weights belong to can't be told without that, so it is refused as unsafe"
    )


def _zip_fault(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > max(_FROM_BYTES, _GREATEST_RATIO * path.stat().st_size):
                return f"is too large once unpacked ({unpacked / 1e9:.1f} GB) for its size, and no checkpoint of ours"
            bad = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return "is damaged: the archive in it is cut short or makes no sense"
    return "is damaged: the checksum of a part of it is wrong" if bad else ""
