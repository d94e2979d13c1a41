"""Lengths and angles on a slice."""

import math

Pixel = tuple[float, float]  # (row, column), whole numbers are centres


def length(start: Pixel, end: Pixel, *, spacing: tuple[float, float]) -> float:
    """How far apart two places are, in the unit of ``spacing``: the height of a row and the width of a column."""
    return math.hypot((end[0] - start[0]) * spacing[0], (end[1] - start[1]) * spacing[1])


def angle_degrees(one: Pixel, corner: Pixel, other: Pixel, *, spacing: tuple[float, float]) -> float | None:
    """The angle at ``corner`` between the ways to ``one`` and ``other``, 0 to 180; None where one of these has no length."""
    ways = [((p[0] - corner[0]) * spacing[0], (p[1] - corner[1]) * spacing[1]) for p in (one, other)]
    if any(not any(way) for way in ways):
        return None
    (a, b), (c, d) = ways
    return abs(math.degrees(math.atan2(a * d - b * c, a * c + b * d)))  # exact also where arccos of the cosine is not
