"""Colours as DICOM stores them: CIELab in 16 bits (PS3.3 C.10.7.1.1), white D65 as of sRGB."""

import numpy as np

from unet_studio.labels.label_map import Colour

_WHITE = (0.9504559, 1.0, 1.0890578)
_RGB_TO_XYZ = np.array(
    [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
)
_BEND = 6 / 29


def lab_of(colour: Colour) -> tuple[int, int, int]:
    """Three numbers from 0 to 65535."""
    shown = np.array(colour) / 255
    linear = np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    x, y, z = (_bent(float(v)) for v in _RGB_TO_XYZ @ linear / _WHITE)
    scaled = (116 * y - 16) / 100, (500 * (x - y) + 128) / 255, (200 * (y - z) + 128) / 255
    first, second, third = (round(65535 * min(1.0, max(0.0, v))) for v in scaled)
    return first, second, third


def colour_of(lab: tuple[float, float, float]) -> Colour:
    """The nearest colour of three numbers from 0 to 65535."""
    lightness, a, b = lab[0] / 65535 * 100, lab[1] / 65535 * 255 - 128, lab[2] / 65535 * 255 - 128
    middle = (lightness + 16) / 116
    bent = np.array([middle + a / 500, middle, middle - b / 200])
    straight = np.where(bent > _BEND, bent**3, 3 * _BEND**2 * (bent - 4 / 29)) * _WHITE
    linear = np.clip(np.linalg.inv(_RGB_TO_XYZ) @ straight, 0, 1)
    shown = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (round(float(v) * 255) for v in shown)
    return red, green, blue


def _bent(value: float) -> float:
    return float(np.cbrt(value)) if value > _BEND**3 else value / (3 * _BEND**2) + 4 / 29
