"""What the canvas shows of the open slice: intensities, labels, outlines and the proposal."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPaintDevice, QPainter

from unet_studio.gui.colour_maps import ramp_of
from unet_studio.gui.compose import Box, Composition, Shades, blocks, joined, overlap
from unet_studio.gui.framing import Framing
from unet_studio.gui.haze import Haze
from unet_studio.gui.outline import draw_strips, outline_strips
from unet_studio.gui.outline_patch import Inks, draw_patch, inks_of, is_small, outline_patch
from unet_studio.image.window import to_grey
from unet_studio.labels.label_map import Colour, Labels
from unet_studio.project.records import Proposal
from unet_studio.project.settings import ColourMap
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.viewport import Viewport

PROPOSAL_SHARE = 0.45  # how much of the labels' opacity a proposal is tinted with


@dataclass(frozen=True, slots=True)
class Look:
    """How a slice is shown, whichever it is. ``opacity`` of the labels' fill is 0 to 1."""

    opacity: float = 0.4
    are_labels_visible: bool = True
    is_outlines_only: bool = False
    is_smooth: bool = True
    colour_map: ColourMap = "grey"
    is_inverted: bool = False
    is_doubt_shown: bool = False
    is_name_hidden: bool = False


class Picture:
    """The slice of the viewport with what the annotation holds on it. What is stale is made anew when next painted."""

    def __init__(self, viewport: Viewport, palette: Palette, *, proposal_colour: Colour) -> None:
        self.annotation: Annotation | None = None
        self.look = Look()
        self._viewport = viewport
        self._palette = palette
        self._proposal_colour = proposal_colour
        self._composition = Composition((1, 1))
        self._is_stale = self._are_shades_stale = self._is_table_stale = True
        self._shown_proposal: Proposal | None = None
        self._haze = Haze(proposal_colour)
        self._labelled: Box | None = None  # outside it nothing is labelled or proposed
        self._brushes_made: dict[int, dict[int, QBrush]] = {}
        self._inks_made: Inks | None = None

    # ---- what there is to show

    @property
    def labels(self) -> Labels | None:
        """The labels of the slice (row, column), a view; None where nothing is drawn on this volume."""
        viewport, annotation = self._viewport, self.annotation
        if annotation is None or (volume := viewport.volume) is None:
            return None
        geometry = annotation.label_map.geometry
        if (
            geometry is not volume.geometry and geometry != volume.geometry
        ):  # comparing them takes as long as a dab's fill
            return None
        shown: Labels = viewport.view.slice_of(annotation.label_map.voxels, viewport.index)
        return shown

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that lies beside the labels of this slice."""
        annotation, viewport = self.annotation, self._viewport
        if annotation is None or viewport.volume is None or viewport.view != annotation.view:
            return None
        return annotation.proposal(viewport.index) if self.labels is not None else None

    # ---- what became stale

    def slice_changed(self) -> None:
        """Another slice, volume or window is looked at."""
        self._is_stale = self._are_shades_stale = True

    def look_changed(self) -> None:
        """Labels are shown in another way, or classes changed."""
        self._brushes_made.clear()
        self._inks_made = None
        self._is_stale = self._is_table_stale = True

    def labels_changed(self, box: tuple[slice, slice]) -> None:
        """Labels within rows and columns ``box`` changed; these alone are mixed anew."""
        if self._is_stale or self.proposal is not self._shown_proposal or self._shown_proposal is not None:
            self._is_stale = True
        elif self.look.are_labels_visible and (labels := self.labels) is not None:
            self._labelled = joined(self._labelled, self._composition.paint(labels[box], box))

    def proposals_changed(self) -> bool:
        """Whether another proposal, or none, is to be shown on this slice than was last painted."""
        if self.proposal is self._shown_proposal:
            return False
        self._is_stale = True
        return True

    # ---- painting

    def paint(self, painter: QPainter, framing: Framing, area: QRect, *, outline: int) -> None:
        """Draws what of the slice lies within ``area``, in device pixels; outlines are ``outline`` of them thick."""
        self._refresh()
        target, source = in_sight(framing, painter.device())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.look.is_smooth)
        painter.drawImage(target, self._composition.image, source)
        self._paint_fill(painter, framing, target, source)
        if self.look.is_doubt_shown and self.proposal is not None and self.proposal.doubt:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.look.is_smooth)
            painter.drawImage(target, self._haze.image(self.proposal), source)
        if not self.look.are_labels_visible or (labels := self.labels) is None:
            return
        box = framing.box(area.left(), area.top(), area.right() + 1, area.bottom() + 1)
        box = overlap(box, self._labelled) if box and self._labelled else None
        if box is None:
            return
        if min(framing.across, framing.down) < 3:
            outline = max(1, outline // 2)
        if self._shown_proposal is not None:
            strips = outline_strips(self._shown_proposal.labels, box, framing, thickness=outline)
            draw_strips(painter, strips, self._brushes(dash=1 + outline // 2))
        if is_small(box, framing, thickness=outline):  # a dab
            draw_patch(painter, *outline_patch(labels, box, framing, self._inks(), thickness=outline))
        else:
            draw_strips(painter, outline_strips(labels, box, framing, thickness=outline), self._brushes())

    def _paint_fill(self, painter: QPainter, framing: Framing, target: QRectF, source: QRectF) -> None:
        """Draws the labels' fill where it lies apart from the intensities: to crisp pixels, whatever these are."""
        if not self._composition.is_apart or self._labelled is None:
            return
        rows, columns = self._labelled
        (left, right), (top, bottom) = (
            edges(part.start, part.stop)[[0, -1]].tolist()
            for edges, part in ((framing.column_edges, columns), (framing.row_edges, rows))
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.setClipRect(QRect(left, top, right - left, bottom - top))
        painter.drawImage(target, self._composition.fill, source)
        painter.setClipping(False)

    def _brushes(self, *, dash: int = 0) -> dict[int, QBrush]:
        """What each visible class is outlined with: its colour, or dashes of that scale for a proposal."""
        if dash not in self._brushes_made:
            visible = [c for c in self._palette.classes if c.is_visible]
            self._brushes_made[dash] = {
                c.value: _dashes(c.colour, self._proposal_colour, dash) if dash else QBrush(QColor(*c.colour))
                for c in visible
            }
        return self._brushes_made[dash]

    def _inks(self) -> Inks:
        if self._inks_made is None:
            self._inks_made = inks_of(self._palette.classes)
        return self._inks_made

    def _refresh(self) -> None:
        if not self._is_stale:
            return
        viewport, composition = self._viewport, self._composition
        assert viewport.volume is not None
        voxels = viewport.pixels
        if composition.size != voxels.shape[:2] or composition.is_colour != (voxels.ndim == 3):
            composition = Composition((voxels.shape[0], voxels.shape[1]), is_colour=voxels.ndim == 3)
            self._composition, self._are_shades_stale, self._is_table_stale = composition, True, True
        proposal = self.proposal
        if self._is_table_stale or (proposal is None) is not (self._shown_proposal is None):
            opacity = 0.0 if self.look.is_outlines_only else self.look.opacity * (PROPOSAL_SHARE if proposal else 1.0)
            ramp = None if composition.is_colour else ramp_of(self.look.colour_map, is_inverted=self.look.is_inverted)
            composition.use(self._palette.classes, opacity=opacity, is_apart=self.look.is_smooth, ramp=ramp)
        labels = self.labels if self.look.are_labels_visible else None
        labelled: Box | None = None
        for rows in blocks(composition.size):
            if self._are_shades_stale:
                composition.shades[rows] = _shades(voxels[rows], viewport)
            drawn = labels[rows] if labels is not None else None
            if drawn is not None and proposal is not None:
                drawn = np.where(drawn != 0, drawn, proposal.labels[rows])
            labelled = joined(labelled, composition.paint(drawn, (rows, slice(None))))
        self._shown_proposal, self._labelled = proposal, labelled
        self._is_stale = self._are_shades_stale = self._is_table_stale = False


def _shades(voxels: NDArray[Any], viewport: Viewport) -> Shades:
    """Rows of the slice as 8-bit grey or colour: through the window, but for colour pictures that nobody windowed."""
    if voxels.ndim == 2:
        is_inverted = viewport.volume is not None and viewport.volume.is_inverted
        return to_grey(voxels, viewport.window, is_inverted=is_inverted)
    if voxels.dtype == np.uint8 and viewport.window == viewport.auto:
        return voxels[..., :3]
    return np.stack([to_grey(voxels[..., c], viewport.window) for c in range(3)], axis=-1)


def in_sight(framing: Framing, device: QPaintDevice) -> tuple[QRectF, QRectF]:
    """The part of the slice that the device shows: in whole device pixels, and in the slice's pixels.

    Always for the whole device, whatever is being repainted, so that parts painted at different times fit together.
    """
    ratio = device.devicePixelRatio()
    left, top = max(0, framing.left), max(0, framing.top)
    right = min(round(device.width() * ratio), framing.right)
    bottom = min(round(device.height() * ratio), framing.bottom)
    target = QRectF(left, top, max(0, right - left), max(0, bottom - top))
    source = QRectF(
        (left - framing.left) / framing.across, (top - framing.top) / framing.down,
        target.width() / framing.across, target.height() / framing.down,
    )  # fmt: skip
    return target, source


def _dashes(colour: Colour, proposal: Colour, scale: int) -> QBrush:
    """Dashes between the class's colour and the proposals', dark between them: a texture that lies still on the screen."""
    mixed = [round(0.5 * a + 0.5 * b) for a, b in zip(colour, proposal, strict=True)]
    side = 16 * scale
    y, x = np.mgrid[:side, :side] // scale
    on = (2 * x + 3 * y) % 16 < 10
    texture = np.where(on, 0xFF000000 | mixed[0] << 16 | mixed[1] << 8 | mixed[2], 0x50000000).astype(np.uint32)
    return QBrush(QImage(texture.data, side, side, side * 4, QImage.Format.Format_ARGB32_Premultiplied).copy())
