"""A region that grows from a pixel over all that is alike and hangs together, slice by slice."""

from collections import deque
from collections.abc import Callable, Generator

import numpy as np

from unet_studio.labels.brush import Mask
from unet_studio.labels.likeness import Intensities, Range, joined_to


def grow_slice(intensities: Intensities, row: int, column: int, within: Range) -> Mask:
    """What of a slice lies within the range and hangs together with (row, column) by edges; else nothing."""
    seed = np.zeros(intensities.shape, np.bool_)
    seed[row, column] = True
    return joined_to(seed, within.holds(intensities))


def grow_volume(
    intensities: Callable[[int], Intensities], start: int, first: Mask, within: Range, *, count: int
) -> Generator[tuple[int, Mask], None, None]:
    """Each slice over which ``first``, of slice ``start``, grows within the range, with all that has grown of it by then.

    Pixels hang together by edges and with the same pixel of the slices beside. A slice comes again when more of it grows: what
    turns back is found, too. It ends when none grows any more.
    """
    masks = {start: first}
    waiting = deque((to, start) for to in (start + 1, start - 1) if 0 <= to < count)
    while waiting:
        to, source = waiting.popleft()
        allowed = within.holds(intensities(to))
        known = masks.get(to)
        seeds = masks[source] & allowed
        if known is not None:
            if not (seeds & ~known).any():
                continue
            seeds |= known
        grown = joined_to(seeds, allowed)
        if grown.any():
            masks[to] = grown
            waiting.extend((further, to) for further in (to + 1, to - 1) if 0 <= further < count)
            yield to, grown
