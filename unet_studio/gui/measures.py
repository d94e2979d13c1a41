"""Ruler and angle: lengths and angles on the slice, to be read and copied, never stored."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from unet_studio.gui.captions import Captions
from unet_studio.gui.framing import Framing
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import Touch
from unet_studio.image.measures import angle_degrees, length
from unet_studio.image.plane import PlaneView
from unet_studio.labels.brush import PixelPoint

INK = QColor(120, 230, 255)
_TICK = 5.0  # logical pixels of a ruler's end, to each side


@dataclass(frozen=True, slots=True)
class Measure:
    """Two points are a length, three an angle at the second; on one slice of one plane."""

    view: PlaneView
    index: int
    points: tuple[PixelPoint, ...]


class Measures:
    """What was measured on the volume's slices. The last one may still be ``is_open``: it goes with the pointer."""

    def __init__(self, surface: Surface) -> None:
        self.is_open = False
        self._surface = surface
        self._kept: list[Measure] = []
        self._captions = Captions()
        surface.overlays.append(self)
        surface.viewport.opened.connect(self.clear)
        surface.viewport.moved.connect(self.drop)

    @property
    def has_any(self) -> bool:
        """Whether there is something to clear."""
        return bool(self._kept)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lengths and angles on the slice looked at, such as 12.3 mm and 45.0°, the oldest first."""
        return tuple(text for m in self._here() if (text := self._text(m)))

    def begin(self, place: QPointF) -> None:
        """Afterwards a measure begins at a place, and its next point goes with the pointer."""
        viewport = self._surface.viewport
        if viewport.volume is None:
            return
        point = self._surface.places.pixel_at(place)
        self._kept.append(Measure(viewport.view, viewport.index, (point, point)))
        self.is_open = True
        self._surface.redraw()

    def follow(self, place: QPointF) -> None:
        """Afterwards the last point of the open measure is at ``place``."""
        if self.is_open:
            last = self._kept[-1]
            self._kept[-1] = replace(last, points=(*last.points[:-1], self._surface.places.pixel_at(place)))
            self._surface.redraw()

    def go_on(self) -> None:
        """Afterwards the point at the pointer stays, and another one goes with it."""
        last = self._kept[-1]
        self._kept[-1] = replace(last, points=(*last.points, last.points[-1]))

    def end(self) -> None:
        """Afterwards the open measure is finished; one without any length is gone."""
        if self.is_open:
            self.is_open = False
            if not self._text(self._kept[-1]):
                self._kept.pop()
            self._surface.redraw()

    def drop(self) -> bool:
        """Afterwards the open measure is gone; whether there was one."""
        was_open, self.is_open = self.is_open, False
        if was_open:
            self._kept.pop()
            self._surface.redraw()
        return was_open

    def clear(self) -> None:
        """Afterwards nothing is measured."""
        self._kept.clear()
        self.is_open = False
        self._surface.redraw()

    def paint(self, painter: QPainter, framing: Framing, ratio: float) -> None:
        """Draws the measures of this slice, in device pixels."""
        for measure in self._here():
            places = [QPointF(*framing.place_of(p)) for p in measure.points]
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(QColor(0, 0, 0, 160), 3.5 * ratio), QPen(INK, 1.5 * ratio)):
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF(places))
                for place, other in ((places[0], places[1]), (places[-1], places[-2])):
                    painter.drawLine(*_tick(place, other, _TICK * ratio))
            painter.restore()
            painter.save()
            painter.scale(ratio, ratio)  # texts are in logical pixels
            beside = places[1] if len(places) > 2 else (places[0] + places[1]) / 2
            text, font = self._text(measure), QFont(painter.font())
            room = self._surface.places.size - QSize(QFontMetrics(font).horizontalAdvance(text) + 8, 32)
            spot = (beside / ratio).toPoint() + QPoint(10, 8)
            spot = QPoint(max(8, min(room.width(), spot.x())), max(8, min(room.height(), spot.y())))
            self._captions.draw(painter, spot, text, colour=INK, font=font, align=0.0)
            painter.restore()

    def _here(self) -> list[Measure]:
        viewport = self._surface.viewport
        if viewport.volume is None:
            return []
        return [m for m in self._kept if m.view == viewport.view and m.index == viewport.index]

    def _text(self, measure: Measure) -> str:
        volume = self._surface.viewport.volume
        if volume is None:
            return ""
        spacing, points = measure.view.spacing_mm(volume.geometry), measure.points
        if len(points) > 2:
            angle = angle_degrees(points[0], points[1], points[2], spacing=spacing)
            return "" if angle is None else f"{angle:.1f}°"
        apart = length(points[0], points[1], spacing=spacing)
        unit = "mm" if volume.geometry.has_spacing else QCoreApplication.translate("Canvas", "px")
        return f"{apart:.1f} {unit}" if apart > 0 else ""


class RulerTool:
    """A drag measures from where it begins to where it ends."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, measures: Measures) -> None:
        self._surface = surface
        self._measures = measures

    def press(self, touch: Touch) -> None:
        self._measures.begin(touch.place)

    def move(self, touch: Touch) -> None:
        self._measures.follow(touch.place)

    def release(self) -> None:
        self._measures.end()

    def cancel(self) -> bool:
        return self._measures.drop()


class AngleTool:
    """Three clicks: one end, the corner, the other end. A drag is the first of the two lines."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, measures: Measures) -> None:
        self._surface = surface
        self._measures = measures
        self._clicks = 0

    def press(self, touch: Touch) -> None:
        if not self._measures.is_open:
            self._measures.begin(touch.place)
            self._clicks = 1
            return
        self._measures.follow(touch.place)
        self._clicks += 1
        if self._clicks == 2:
            self._measures.go_on()
        else:
            self._measures.end()

    def move(self, touch: Touch) -> None:
        self._measures.follow(touch.place)

    def release(self) -> None:
        pass

    def cancel(self) -> bool:
        return self._measures.drop()


def _tick(place: QPointF, other: QPointF, reach: float) -> tuple[QPointF, QPointF]:
    """A short line across the end of a longer one."""
    way = other - place
    size = max(1e-6, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    across = QPointF(-way.y(), way.x()) / size * reach
    return place - across, place + across
