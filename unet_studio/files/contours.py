"""Closed contours round a mask of pixels, and the pixels inside closed contours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]  # (row, column)
Contour = NDArray[np.float64]  # (n, 2): row, column; closed, the first point not repeated

# Which way the outline goes through a square of four pixel centres, the mask on its right, by the bits of the pixels in the
# mask: 1 upper left, 2 upper right, 4 lower right, 8 lower left. Sides: 0 top, 1 right, 2 bottom, 3 left. Where two
# pixels meet in a corner only, they are two regions.
_WAYS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 3),), 2: ((1, 0),), 3: ((1, 3),), 4: ((2, 1),), 5: ((0, 3), (2, 1)), 6: ((2, 0),), 7: ((2, 3),),
    8: ((3, 2),), 9: ((0, 2),), 10: ((1, 0), (3, 2)), 11: ((1, 2),), 12: ((3, 1),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip


def contours_of(mask: Mask) -> list[Contour]:
    """Contours half-way between the pixels in the mask and those beside it, one for each region.

    A hole is joined to what lies round it by a channel without width, as PS3.3 C.8.8.6.3 has it, so that one closed
    contour describes a region with its holes. No pixel centre lies on a contour but on such channels, inside.
    """
    following = _following(mask)
    loops = _loops(following)
    outer: list[list[tuple[int, int]]] = []
    holes: list[list[tuple[int, int]]] = []
    for loop in loops:
        (holes if _area(loop) > 0 else outer).append(loop)
    children: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    for hole in holes:
        top = min(range(len(hole)), key=lambda i: hole[i])
        hole = [*hole[top:], *hole[:top]]
        row, column = hole[0]
        above = next(r for r in range(row - 2, -2, -2) if (r, column) in following)
        children.setdefault((above, column), []).append(hole)
    return [_without_straight(_joined(loop, children)) for loop in outer]


def filled(contours: Sequence[Contour], size: tuple[int, int]) -> Mask:
    """The pixels of a slice of ``size`` (rows, columns) whose centres lie inside an odd number of times."""
    crossings = np.zeros((size[0], size[1] + 1), np.int64)
    for contour in contours:
        start, end = contour, np.roll(contour, -1, axis=0)
        for (r0, c0), (r1, c1) in zip(start, end, strict=True):
            if r0 == r1:
                continue
            rows = np.arange(max(0, int(np.ceil(min(r0, r1)))), min(size[0], int(np.ceil(max(r0, r1)))))
            columns = c0 + (rows - r0) * (c1 - c0) / (r1 - r0)
            np.add.at(crossings, (rows, np.clip(np.ceil(columns).astype(int), 0, size[1])), 1)
    inside: Mask = np.cumsum(crossings[:, :-1], axis=1) % 2 == 1
    return inside


def _following(mask: Mask) -> dict[tuple[int, int], tuple[int, int]]:
    """For each point of an outline the next one, in half pixels, (0, 0) the centre of the first pixel."""
    padded = np.pad(mask, 1).astype(np.uint8)
    bits = padded[:-1, :-1] + 2 * padded[:-1, 1:] + 4 * padded[1:, 1:] + 8 * padded[1:, :-1]
    sides = ((-1, 0), (0, 1), (1, 0), (0, -1))
    following = {}
    for row, column in np.argwhere((bits > 0) & (bits < 15)):
        middle = 2 * int(row) - 1, 2 * int(column) - 1
        for start, end in _WAYS[int(bits[row, column])]:
            first = middle[0] + sides[start][0], middle[1] + sides[start][1]
            following[first] = middle[0] + sides[end][0], middle[1] + sides[end][1]
    return following


def _loops(following: dict[tuple[int, int], tuple[int, int]]) -> list[list[tuple[int, int]]]:
    left = dict(following)
    loops = []
    while left:
        point = next(iter(left))
        loop = []
        while point in left:
            loop.append(point)
            point = left.pop(point)
        loops.append(loop)
    return loops


def _area(loop: list[tuple[int, int]]) -> float:
    """Above zero for one way round, below for the other."""
    points = np.array(loop, dtype=np.float64)
    ahead = np.roll(points, -1, axis=0)
    return float((points[:, 0] * ahead[:, 1] - points[:, 1] * ahead[:, 0]).sum())


def _joined(
    loop: list[tuple[int, int]], children: dict[tuple[int, int], list[list[tuple[int, int]]]]
) -> list[tuple[int, int]]:
    """The loop with its holes: out to each by a channel, round it, and back the same way."""
    joined: list[tuple[int, int]] = []
    waiting = [iter([*loop])]
    returns: list[tuple[tuple[int, int], ...]] = [()]
    while waiting:
        point = next(waiting[-1], None)
        if point is None:
            waiting.pop()
            joined += returns.pop()
            continue
        joined.append(point)
        for hole in children.pop(point, []):
            waiting.append(iter([*hole]))
            returns.append((hole[0], point))
    return joined


def _without_straight(loop: list[tuple[int, int]]) -> Contour:
    """The contour in pixels, without points on the straight line between their neighbours."""
    points = np.array(loop, dtype=np.int64)
    back, ahead = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    is_straight = (back[:, 0] * ahead[:, 1] == back[:, 1] * ahead[:, 0]) & ((back * ahead).sum(axis=1) > 0)
    contour: Contour = points[~is_straight] / 2.0
    return contour
