"""The first slice of a scan over the canvas, while the rest is still being read."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from unet_studio.gui.captions import Captions
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.framing import Sheet, Zoom
from unet_studio.gui.texts import Page, TextColours, Texts, size_of
from unet_studio.image.plane import Plane, edge_letters, plane_view
from unet_studio.image.preview import Preview
from unet_studio.image.window import auto_window, opening_window, to_grey


class PreviewPane(QWidget):
    """Covers ``canvas`` while it shows a preview, so that nobody draws on what lies below. Hidden at first."""

    def __init__(self, canvas: QWidget, colours: CanvasColours | None = None) -> None:
        super().__init__(canvas)
        self.setObjectName("preview")
        self.setAccessibleName(self.tr("First slice of the scan that is being opened"))
        self.setToolTip(self.tr("The rest of the scan is still being read"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # else a click goes on to the canvas below
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._colours = colours or CanvasColours()
        self._canvas = canvas
        self._captions = Captions()
        self._preview: Preview | None = None
        self._image = QImage()
        self._percent = ""
        self.hide()
        canvas.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Whether a preview covers the canvas."""
        return self._preview is not None

    def show_preview(self, preview: Preview | None) -> None:
        """Afterwards this slice is on the screen, right away; None uncovers the canvas."""
        self._preview = preview
        if preview is None:
            self._image = QImage()
            self.hide()
            return
        view = plane_view(preview.geometry, _plane(preview))
        pixels = view.orient(preview.pixels)
        shades = _shades(pixels, preview)
        kind = QImage.Format.Format_RGB888 if shades.ndim == 3 else QImage.Format.Format_Grayscale8
        self._image = QImage(shades.data, shades.shape[1], shades.shape[0], shades.strides[0], kind).copy()
        self._percent = ""
        self.setGeometry(self._canvas.rect())
        self.show()
        self.update()

    def show_fraction(self, fraction: float | None) -> None:
        """Afterwards it says how much of the scan is there."""
        self._percent = "" if fraction is None else f"{fraction:.0%}"
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Keeps it as large as the canvas."""
        if event.type() is QEvent.Type.Resize and self._preview is not None:
            self.setGeometry(self._canvas.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paints the slice where the canvas will show it, and what is known of it."""
        if (preview := self._preview) is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(*self._colours.background))
        view = plane_view(preview.geometry, _plane(preview))
        ratio = self.devicePixelRatioF()
        sheet = Sheet(
            view.size(preview.geometry.shape), view.spacing_mm(preview.geometry),
            round(self.width() * ratio), round(self.height() * ratio), ratio,
        )  # fmt: skip
        framing = sheet.framing(Zoom())
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(framing.left, framing.top, framing.right - framing.left, framing.bottom - framing.top)
        painter.drawImage(place, self._image)
        painter.restore()
        where = _tr("Slice {0} / {1}").format(preview.index + 1, preview.geometry.shape[0])
        reading = _tr("Reading {percent}").format(percent=self._percent).strip()
        letters = edge_letters(preview.geometry, view)
        texts = Texts((preview.name, size_of(preview.geometry)), (where, reading), "", letters)
        inks = TextColours(*(QColor(*c) for c in (self._colours.text, self._colours.text_dim, self._colours.proposal)))
        page = Page(self.rect(), self._captions, inks, font=painter.font(), ratio=painter.device().devicePixelRatio())
        for caption in page.lay(texts):
            caption.draw(painter)
        painter.end()


def _shades(pixels: NDArray[Any], preview: Preview) -> NDArray[np.uint8]:
    """Pixels as 8-bit grey (row, column) or colour (row, column, 3), as the canvas shows them at first."""
    if pixels.ndim == 2:
        window = opening_window(pixels, preview.modality, preview.window)
        return np.ascontiguousarray(to_grey(pixels, window, is_inverted=preview.is_inverted))
    if pixels.dtype == np.uint8:
        return np.ascontiguousarray(pixels[..., :3])
    window = auto_window(pixels)
    return np.ascontiguousarray(np.stack([to_grey(pixels[..., c], window) for c in range(3)], axis=-1))


def _plane(preview: Preview) -> Plane:
    """The plane that steps along the first axis of the volume, of which the preview is a slice."""
    return next(plane for plane in Plane if plane_view(preview.geometry, plane).axis == 0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PreviewPane", text)
