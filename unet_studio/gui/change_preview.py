"""What an edit would change on the slice that is shown: tinted, and dashed round."""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLine, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tint import draw_tint, tint_of
from unet_studio.labels.brush import Mask
from unet_studio.labels.edit import LabelEdit
from unet_studio.labels.label_map import Labels

ADDED, REMOVED = QColor(255, 238, 120), QColor(255, 82, 82)
_SHADE = QColor(0, 0, 0, 170)


class ChangePreviews:
    """The same preview on every canvas, each of which shows what of it lies on its slice."""

    def __init__(self) -> None:
        self._edit: LabelEdit | None = None
        self._each: list[ChangePreview] = []

    def add(self, surface: Surface) -> None:
        """Afterwards it is seen on that canvas, too."""
        preview = ChangePreview(surface)
        preview.show_edit(self._edit)
        self._each.append(preview)

    def show_edit(self, edit: LabelEdit | None) -> None:
        """Afterwards it is seen what ``edit`` would do; None for nothing."""
        self._edit = edit
        for preview in self._each:
            preview.show_edit(edit)


class ChangePreview:
    """Yellow is what gets a label or another one, red what loses it. Shows nothing until it has an edit."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._edit: LabelEdit | None = None
        self._made: tuple[object, Mask, QImage, QImage] | None = None
        surface.overlays.append(self)

    def show_edit(self, edit: LabelEdit | None) -> None:
        """Afterwards it is seen what ``edit`` would do."""
        self._edit, self._made = edit, None
        self._surface.redraw()

    def paint(self, painter: QPainter, framing: Framing, ratio: float) -> None:
        """Draws in device pixels what of the edit lies on the slice."""
        viewport = self._surface.viewport
        if self._edit is None or viewport.volume is None:
            return
        key = (viewport.view, viewport.index, id(self._edit))
        if self._made is None or self._made[0] != key:
            before, after = self._flat(self._edit.before), self._flat(self._edit.after)
            changed: Mask = before != after
            added, removed = tint_of(changed & (after > 0), ADDED), tint_of(changed & (after == 0), REMOVED)
            self._made = (key, changed, added, removed)
        _, changed, added, removed = self._made
        if not changed.any():
            return
        draw_tint(painter, framing, added)
        draw_tint(painter, framing, removed)
        lines = _edges(changed, framing)
        painter.save()
        for pen in (QPen(_SHADE, 2.5 * ratio), QPen(ADDED, 1.25 * ratio, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.restore()

    def _flat(self, part: Labels) -> Labels:
        """The edit's voxels on the slice shown (row, column), 0 elsewhere."""
        viewport, edit = self._surface.viewport, self._edit
        assert viewport.volume is not None and edit is not None
        axis, index = viewport.view.axis, viewport.index - edit.start[viewport.view.axis]
        shape = viewport.volume.geometry.shape
        flat = np.zeros([n for a, n in enumerate(shape) if a != axis], np.uint8)
        if 0 <= index < part.shape[axis]:
            rows, columns = (box for a, box in enumerate(edit.box) if a != axis)
            flat[rows, columns] = part.take(index, axis=axis)
        return np.ascontiguousarray(viewport.view.orient(flat))


def _edges(mask: Mask, framing: Framing) -> list[QLine]:
    """The sides of the mask's pixels that lie on its border, joined to lines as long as they run straight; device pixels."""
    rows, columns = mask.shape
    at_row, at_column = framing.row_edges(0, rows), framing.column_edges(0, columns)
    wide = np.pad(mask, 1).astype(np.int8)
    lines = []
    for flips, is_across in ((np.diff(wide, axis=0)[:, 1:-1], True), (np.diff(wide, axis=1)[1:-1].T, False)):
        runs = np.diff(np.pad(flips, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        for line in np.flatnonzero(flips.any(axis=1)):
            turns = np.flatnonzero(runs[line])
            for first, last in pairwise(turns):
                if flips[line, first]:
                    if is_across:
                        lines.append(
                            QLine(int(at_column[first]), int(at_row[line]), int(at_column[last]), int(at_row[line]))
                        )
                    else:
                        lines.append(
                            QLine(int(at_column[line]), int(at_row[first]), int(at_column[line]), int(at_row[last]))
                        )
    return lines
