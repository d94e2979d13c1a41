"""What the canvas shows of the open slice: intensities, labels, outlines and the proposal."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPaintDevice, QPainter

from unet_studio.gui.colour_maps import ramp_of
from unet_studio.gui.compose import Box, joined, overlap
from unet_studio.gui.framing import Framing
from unet_studio.gui.haze import Haze
from unet_studio.gui.outline import draw_strips, outline_strips
from unet_studio.gui.outline_patch import Inks, draw_patch, inks_of, is_small, outline_patch
from unet_studio.gui.plate import REDUCED, Plate, Sampling, reduction_for
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


@dataclass(frozen=True, slots=True)
class _Ready:
    """The plates made for that much of the slice in sight, and whether with labels."""

    framing: Framing
    target: QRectF
    is_labelled: bool
    plates: tuple[Plate, Plate]


class Picture:
    """The slice of the viewport with what the annotation holds on it. What is stale is made anew when next painted."""

    def __init__(self, viewport: Viewport, palette: Palette, *, proposal_colour: Colour) -> None:
        self.annotation: Annotation | None = None
        self.look = Look()
        self._viewport = viewport
        self._palette = palette
        self._proposal_colour = proposal_colour
        # Shown reduced, a crisp slice and its labels, or a smooth slice's labels alone, are sampled, its intensities means.
        self._whole, self._sampled, self._means = Plate(), Plate(), Plate()
        self._relabelled: Box | None = None  # where labels changed since they were last painted
        self._shown_proposal: Proposal | None = None
        self._haze = Haze(proposal_colour)
        self._brushes_made: dict[int, dict[int, QBrush]] = {}
        self._inks_made: Inks | None = None
        self._sight: tuple[tuple[Framing, int, int, float], QRectF, QRectF] | None = None
        self._ready: _Ready | None = None  # until something is stale

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
        self._relabelled = None
        self._spoil(shades=True)

    def look_changed(self) -> None:
        """Labels are shown in another way, or classes changed."""
        self._brushes_made.clear()
        self._inks_made = None
        self._change_tables()
        self._spoil()

    def labels_changed(self, box: tuple[slice, slice]) -> None:
        """Labels within rows and columns ``box`` changed; these alone are mixed anew, for all dabs of a frame at once."""
        if self.proposal is not self._shown_proposal or self._shown_proposal is not None:
            self._spoil()
        else:
            self._relabelled = joined(self._relabelled, box)

    def proposals_changed(self) -> bool:
        """Whether another proposal, or none, is to be shown on this slice than was last painted."""
        if self.proposal is self._shown_proposal:
            return False
        self._spoil()
        return True

    def relabel(self) -> None:
        """Afterwards what changed of the labels is mixed anew, where anything is made of them."""
        box, self._relabelled = self._relabelled, None
        if box is not None and self.look.are_labels_visible and (labels := self.labels) is not None:
            self._whole.relabel(labels, box)
            self._sampled.relabel(labels, box)

    def _spoil(self, *, shades: bool = False) -> None:
        self._ready = None
        self._whole.spoil(shades=shades)
        self._sampled.spoil(shades=shades)
        if shades:
            self._means.spoil(shades=True)

    def _change_tables(self) -> None:
        self._ready = None
        for plate in (self._whole, self._sampled, self._means):
            plate.is_table_stale = True

    # ---- painting

    def paint(self, painter: QPainter, framing: Framing, area: QRect, *, outline: int) -> None:
        """Draws what of the slice lies within ``area``, in device pixels; outlines are ``outline`` of them thick."""
        target, source = self._in_sight(framing, painter.device())
        if target.isEmpty():
            return
        labels = self.labels if self.look.are_labels_visible else None
        if self._relabelled is not None:
            self.relabel()
        ground, plate = self._plates(framing, target, labels)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.look.is_smooth)
        painter.drawImage(target, ground.composition.image, ground.part(target, source))
        if plate.composition.is_apart:
            self._paint_fill(painter, framing, target, plate, plate.part(target, source))
        if self.look.is_doubt_shown and self.proposal is not None and self.proposal.doubt:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.look.is_smooth)
            painter.drawImage(target, self._haze.image(self.proposal), source)
        if labels is None:
            return
        box = framing.box(area.left(), area.top(), area.right() + 1, area.bottom() + 1)
        box = overlap(box, plate.labelled) if box and plate.labelled else None
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

    def _in_sight(self, framing: Framing, device: QPaintDevice) -> tuple[QRectF, QRectF]:
        """What ``in_sight`` says, worked out when something of it is another."""
        key, known = (framing, device.width(), device.height(), device.devicePixelRatio()), self._sight
        if known is None or known[0] != key:
            known = self._sight = (key, *in_sight(framing, device))
        return known[1:]

    def _paint_fill(self, painter: QPainter, framing: Framing, target: QRectF, plate: Plate, source: QRectF) -> None:
        """Draws the labels' fill where it lies apart from the intensities: to crisp pixels, whatever these are."""
        if plate.labelled is None:
            return
        left, top, right, bottom = framing.area(plate.labelled)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.setClipRect(QRect(left, top, right - left, bottom - top))
        painter.drawImage(target, plate.composition.fill, source)
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

    def _plates(self, framing: Framing, target: QRectF, labels: Labels | None) -> tuple[Plate, Plate]:
        """What is to be painted, up to date as far as ``target`` (device pixels) shows it: intensities, and labels.

        Both are one where nothing is reduced, or nothing smooth.
        """
        viewport, proposal, is_smooth = self._viewport, self.proposal, self.look.is_smooth
        ready, is_labelled = self._ready, labels is not None
        if (
            ready is not None and ready.framing is framing and ready.target is target
            and ready.is_labelled == is_labelled and proposal is self._shown_proposal
        ):  # fmt: skip
            return ready.plates
        assert viewport.volume is not None
        left, top = round(target.left()), round(target.top())
        right, bottom = left + round(target.width()), top + round(target.height())
        is_slab = viewport.slab is not None  # dear to work out: once, and all of it
        is_colour = viewport.volume.voxels.ndim == 4
        reduction = None if is_slab or is_colour or not is_smooth else reduction_for(framing)
        is_sampled = not (is_smooth or is_slab) and max(framing.across, framing.down) < REDUCED
        plate = self._sampled if is_sampled or reduction is not None else self._whole
        ground = self._means if reduction is not None else plate
        if proposal is not self._shown_proposal:
            if (proposal is None) is not (self._shown_proposal is None):
                self._change_tables()
            self._spoil()
            self._shown_proposal = proposal
        sampling = Sampling(framing, left, top, right, bottom) if plate is self._sampled else None
        plate.fit(framing.size, sampling, is_colour=is_colour)
        plate.composition.is_fill_alone = ground is not plate
        whole = slice(0, framing.size[0]), slice(0, framing.size[1])
        sight = whole if is_slab else framing.box(left, top, right, bottom)
        if reduction is not None:
            ground.fit(framing.size, reduction, is_colour=False)
            self._make(ground, None, None, sight)
        self._make(plate, labels, proposal, sight)
        self._ready = _Ready(framing, target, is_labelled, (ground, plate))
        return ground, plate

    def _make(self, plate: Plate, labels: Labels | None, proposal: Proposal | None, sight: Box | None) -> None:
        if plate.is_table_stale:
            share = PROPOSAL_SHARE if self._shown_proposal is not None else 1.0
            opacity = 0.0 if self.look.is_outlines_only else self.look.opacity * share
            ramp = None
            if not plate.composition.is_colour:
                ramp = ramp_of(self.look.colour_map, is_inverted=self.look.is_inverted)
            plate.composition.use(self._palette.classes, opacity=opacity, is_apart=self.look.is_smooth, ramp=ramp)
            plate.is_table_stale = False
            plate.spoil(shades=False)
        if sight is not None:
            plate.make(self._viewport, labels, proposal, sight)


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
