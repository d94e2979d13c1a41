"""A picture of what is on the screen, as a PNG."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file
from unet_studio.files.regular import shown


def write_picture(path: Path, rgb: NDArray[np.uint8]) -> None:
    """Afterwards ``path`` is a PNG of these pixels (row, column, red green blue) and nothing else; read back and compared.

    Raises:
        WriteError: the disk; an older file is as it was.
    """

    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            Image.fromarray(rgb).save(file, "PNG")
        try:
            with Image.open(beside) as picture:
                is_same = np.array_equal(np.asarray(picture), rgb)
        except (UnidentifiedImageError, SyntaxError, ValueError):
            is_same = False
        if not is_same:
            raise WriteError(
                f"{shown(path)} was not saved as it should be when read back. Save somewhere else.", path=path
            )

    replace_file(path, write)
