"""Whether half precision gives the labels of full precision with one checkpoint."""

from unet_studio.labels.label_map import Labels

_SAME_DICE = 0.999
_ENOUGH_PIXELS = 2000  # of structures: less, and one odd pixel would decide
_MOST_SLICES = 8


class PrecisionTrial:
    """Compares the answers for the first slices in both precisions, until enough of a structure was seen or eight slices.

    ``verdict`` is None until then, and whether their Dice is 0.999 or more afterwards.
    """

    def __init__(self) -> None:
        self.verdict: bool | None = None
        self._slices = self._same = self._pixels = 0

    def note(self, full: Labels, half: Labels) -> None:
        """Afterwards the two answers for a slice have been counted."""
        self._slices += 1
        self._same += 2 * int(((full == half) & (full != 0)).sum())
        self._pixels += int((full != 0).sum()) + int((half != 0).sum())
        if self._pixels >= 2 * _ENOUGH_PIXELS or self._slices == _MOST_SLICES:
            self.verdict = self._same >= _SAME_DICE * self._pixels
