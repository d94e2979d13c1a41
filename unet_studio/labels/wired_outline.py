"""An outline of points that can still be moved, with lines between them that cling to edges."""

from unet_studio.labels.brush import PixelPoint
from unet_studio.labels.live_wire import Cost, Wire


class WiredOutline:
    """``points`` are (row, column), whole pixels inside the slice; from each to the next goes the cheapest line over ``cost``."""

    def __init__(self, cost: Cost) -> None:
        self.points: list[PixelPoint] = []
        self._cost = cost
        self._legs: list[list[PixelPoint]] = []  # from point n to point n + 1, both included
        self._ahead: Wire | None = None  # from the last point
        self._held = 0
        self._around: tuple[Wire | None, Wire | None] = (None, None)  # from the points beside the one in the hand

    @property
    def line(self) -> list[PixelPoint]:
        """All pixels from the first point to the last."""
        return [pixel for leg in self._legs for pixel in leg] or self.points[:1]

    @property
    def ring(self) -> list[PixelPoint]:
        """The same, and back to the first point: that side clings to edges, too."""
        return [*self.line, *self.ahead(self.points[0])] if self.points else []

    def ahead(self, point: PixelPoint) -> list[PixelPoint]:
        """The pixels that adding ``point`` would add; none while there is no point."""
        if not self.points:
            return []
        if self._ahead is None:
            self._ahead = Wire(self._cost, self.points[-1])
        return self._ahead.path_to(point)

    def add(self, point: PixelPoint) -> None:
        """Afterwards the outline goes on to ``point``."""
        if self.points:
            self._legs.append(self.ahead(point))
        self.points.append(self._legs[-1][-1] if self._legs else Wire(self._cost, point).start)
        self._ahead = None

    def remove(self, number: int) -> None:
        """Afterwards that point is gone, and those beside it are joined."""
        is_last = number == len(self.points) - 1
        self.points.pop(number)
        if is_last or number == 0:
            del self._legs[number - 1 if is_last else number : number if is_last else number + 1]
        else:
            self._legs[number - 1 : number + 1] = [
                Wire(self._cost, self.points[number - 1]).path_to(self.points[number])
            ]
        self._ahead = None

    def hold(self, number: int) -> None:
        """Afterwards that point is in the hand."""
        before, after = (
            Wire(self._cost, self.points[n]) if 0 <= n < len(self.points) else None for n in (number - 1, number + 1)
        )
        self._held, self._around = number, (before, after)

    def carry(self, point: PixelPoint) -> None:
        """Afterwards the point in the hand lies at ``point``, and both its lines end there."""
        before, after = self._around
        number, there = self._held, Wire(self._cost, point).start
        self.points[number] = there
        if before is not None:
            self._legs[number - 1] = before.path_to(there)
        if after is not None:
            self._legs[number] = after.path_to(there)[::-1]
        self._ahead = None
