"""What stands in a DICOM tag, where it stands there as it should; None where not."""

import math
from typing import Any

import numpy as np

from unet_studio.files.affine import vector
from unet_studio.image.volume import Point, Vector


def words(value: Any) -> str:
    """A tag's text on one line, without what is no character."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value or "")).split())


def number(tags: Any, name: str) -> float | None:
    """A tag's one finite number."""
    found = numbers(tags, name, 1)
    return found[0] if found else None


def numbers(tags: Any, name: str, count: int) -> tuple[float, ...] | None:
    """A tag's ``count`` finite numbers; None where it is absent or anything else."""
    try:
        value = tags.get(name)
        values: list[Any] = [value] if value is None or isinstance(value, (str, bytes, int, float)) else list(value)
        found = tuple([float(v) for v in values[:count]])
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
        return None
    return found if len(found) == count and all(map(math.isfinite, found)) else None


def spacing_of(tags: Any, name: str) -> tuple[float, float] | None:
    """The height of a row and the width of a column, where both are above zero."""
    found = numbers(tags, name, 2)
    return (found[0], found[1]) if found and min(found) > 0 else None


def positive(value: float | None) -> float | None:
    """The number where it is above zero."""
    return value if value and value > 0 else None


def point(three: tuple[float, ...] | None) -> Point | None:
    """Three numbers as a point."""
    return None if three is None else (three[0], three[1], three[2])


def directions(six: tuple[float, ...] | None) -> tuple[Vector, Vector] | tuple[None, None]:
    """Row and column directions of length 1; none where they are no two directions at right angles."""
    if six is None:
        return None, None
    row, column = np.array(six[:3]), np.array(six[3:])
    lengths = float(np.linalg.norm(row)), float(np.linalg.norm(column))
    if min(lengths) < 0.5 or abs(row @ column) > 0.01 * lengths[0] * lengths[1]:
        return None, None
    return vector(row / lengths[0]), vector(column / lengths[1])
