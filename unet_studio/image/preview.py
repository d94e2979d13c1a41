"""One slice of a scan while the rest is still being read."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from unet_studio.image.volume import Geometry
from unet_studio.image.window import Window
from unet_studio.progress import Progress


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Preview(Progress):
    """A progress report with something to see: slice ``index`` along the first axis of the volume to come.

    ``pixels`` are (row, column) or (row, column, channel), in the volume's own unit and of its type or a wider one;
    ``geometry`` is the volume's, unless that is found to be another scan.
    """

    index: int
    pixels: NDArray[Any]
    geometry: Geometry
    name: str = ""
    modality: str = ""
    is_inverted: bool = False
    window: Window | None = None
