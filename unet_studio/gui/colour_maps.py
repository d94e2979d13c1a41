"""Colour maps: the colour in which each of the 256 shades of a grey scan is shown."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import numpy as np

from unet_studio.gui.compose import Ramp
from unet_studio.project.settings import ColourMap

COLOUR_MAPS: tuple[ColourMap, ...] = get_args(ColourMap)


@cache
def ramp_of(name: ColourMap, *, is_inverted: bool = False) -> Ramp | None:
    """The map's colours from dark to bright, or the other way round; None for plain grey, which needs no look-up."""
    if name == "grey" and not is_inverted:
        return None
    ramp: Ramp = np.rint(np.clip(_colours(name), 0.0, 1.0) * 255).astype(np.uint8)
    return ramp[::-1].copy() if is_inverted else ramp


def _colours(name: ColourMap) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    grey = np.linspace(0.0, 1.0, 256)
    if name == "hot":  # a glowing body: red first, then yellow, then white
        return np.stack([3 * grey, 3 * grey - 1, 3 * grey - 2], axis=1).clip(0, 1)
    if name == "bone":  # seven parts grey and one of a cold glow
        return np.stack([(7 * grey + np.clip(3 * grey - part, 0, 1)) / 8 for part in (2, 1, 0)], axis=1)
    if (
        name == "cubehelix"
    ):  # D. A. Green 2011, Bull. Astr. Soc. India 39, 289: start 0.5, −1.5 rotations, hue 1, gamma 1
        turn = 2 * np.pi * (0.5 / 3 + 1 - 1.5 * grey)
        swing = grey * (1 - grey) / 2
        shares = ((-0.14861, 1.78277), (-0.29227, -0.90649), (1.97294, 0.0))
        return np.stack([grey + swing * (a * np.cos(turn) + b * np.sin(turn)) for a, b in shares], axis=1)
    if name in ("viridis", "magma"):
        return _shipped(name)
    return np.stack([grey, grey, grey], axis=1)


def _shipped(name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A table that pyqtgraph carries; read from its folder, as importing all of it takes a third of a second."""
    found = find_spec("pyqtgraph")
    assert found is not None and found.origin is not None, "pyqtgraph is a dependency"
    text = (Path(found.origin).parent / "colors" / "maps" / f"{name}.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line.strip() and not line.startswith(";")]
    table = np.array([[float(v) for v in row[:3]] for row in rows])
    assert table.shape == (256, 3), table.shape
    return table
