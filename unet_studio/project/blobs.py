"""Labels as bytes that tell when they are damaged."""

import math
import zlib
from collections.abc import Sequence

import numpy as np

from unet_studio.labels.label_map import Labels

_LEVEL = 1  # a 512 × 512 slice in a millisecond; level 9 saves a tenth of the bytes for eight times the time


def pack(labels: Labels) -> bytes:
    """The labels compressed, behind a CRC-32 of the compressed bytes (4 bytes, big-endian). The shape is not kept."""
    packed = zlib.compress(np.ascontiguousarray(labels).tobytes(), _LEVEL)
    return zlib.crc32(packed).to_bytes(4, "big") + packed


def unpack(blob: bytes, shape: Sequence[int]) -> Labels:
    """The labels that ``pack`` was given, of ``shape``; never more memory than that.

    Raises:
        ValueError: the bytes are damaged or of another shape.
    """
    packed = blob[4:]
    if zlib.crc32(packed).to_bytes(4, "big") != blob[:4]:
        raise ValueError("the checksum is wrong")
    size = math.prod(shape)
    try:
        voxels = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(voxels) != size:
        raise ValueError(f"not {size} voxels")
    return np.frombuffer(voxels, np.uint8).reshape(tuple(shape)).copy()
