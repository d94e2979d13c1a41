"""What the tool in hand can be set to, and how labels are shown."""

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputDevice
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unet_studio.gui.actions import COMMANDS, translated
from unet_studio.gui.segments import Segments
from unet_studio.gui.slider_row import SliderRow
from unet_studio.gui.theme import GRID
from unet_studio.image.window import Window
from unet_studio.labels.label_map import LabelClass
from unet_studio.labels.likeness import Range
from unet_studio.workbench.palette import LARGEST_RADIUS, LARGEST_TOLERANCE, SMALLEST_RADIUS, SMALLEST_TOLERANCE, Brush

_STEPS = 100
_SPREAD = 1.2  # of the scan's usual intensities, how much the sliders of a range span
BRUSHES = ("brush", "eraser", "adaptive", "threshold")
PAINTERS = (*BRUSHES, "polygon", "wire", "grow", "rectangle", "ellipse", "fill")


class ToolOptionsPanel(QWidget):
    """``radius_chosen`` is in mm or pixels, ``brush_chosen`` another ``Brush``, ``opacity_chosen`` 0 to 1."""

    radius_chosen = Signal(float)
    brush_chosen = Signal(object)
    opacity_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolOptionsPanel")
        self.setAccessibleName(self.tr("Tool"))
        self._brush = Brush()
        self._usual = Window(0.5, 1.0)
        self._in_use = Range(0.0, 1.0)
        self._has_mm = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addLayout(self._head())
        self._of_tools: list[tuple[QWidget, Sequence[str]]] = []
        self._add_brush()
        self._add_intensities()
        self._add_protection()
        self._opacity = SliderRow(
            "opacity", self.tr("Label opacity"), self.tr("How strongly labels cover the scan"), self
        )
        self._opacity.moved.connect(lambda step: self.opacity_chosen.emit(step / _STEPS))
        self._column.addWidget(self._opacity)
        self.show_tool("brush")

    def show_tool(self, tool: str) -> None:
        """Afterwards just the options of that tool are seen."""
        for widget, tools in self._of_tools:
            widget.setVisible(tool in tools)
        command = next(c for c in COMMANDS if c.id == tool)
        self._name.setText(translated(command.text))
        self._how.setText(translated(command.tip))
        self._how.setVisible(tool not in BRUSHES)  # which explain themselves, and have many options
        self._show_parts()

    def show_classes(self, classes: Sequence[LabelClass]) -> None:
        """Afterwards these can be chosen to be painted over."""
        known = [(self._over.itemData(i), self._over.itemText(i)) for i in range(self._over.count())]
        wanted = [(0, self.tr("Background")), *((c.value, c.name) for c in classes)]
        if known != wanted:
            self._over.clear()
            for value, name in wanted:
                self._over.addItem(name, value)
        self._over.setCurrentIndex(max(0, self._over.findData(self._brush.over_value)))

    def show_brush(self, brush: Brush, *, has_mm: bool, usual: Window, range_in_use: Range) -> None:
        """Afterwards the brush is shown, its size as a diameter; ``usual`` is what the scan's intensities span."""
        self._brush, self._usual = brush, usual
        self._has_mm = has_mm
        self._unit.show_value(brush.unit)
        unit = brush.unit if has_mm else "px"
        self._size.show_step(_step(brush.radius), f"{2 * brush.radius:.1f} {unit}")
        self._shape.show_value("sphere" if brush.is_sphere else "disc")
        share = math.log(brush.tolerance / SMALLEST_TOLERANCE) / math.log(LARGEST_TOLERANCE / SMALLEST_TOLERANCE)
        self._tolerance.show_step(round(share * _STEPS), f"± {brush.tolerance * usual.width:.4g}")
        for row, value in ((self._low, range_in_use.low), (self._high, range_in_use.high)):
            row.show_step(self._range_step(value), f"{value:.4g}" if math.isfinite(value) else self.tr("any"))
        self._reach.show_value("volume" if brush.grows_volume else "slice")
        self._paint_over.show_value(brush.paint_over)
        self._hidden.setChecked(brush.protects_hidden)
        self._pressure.setChecked(brush.follows_pressure)
        self._over.setCurrentIndex(max(0, self._over.findData(brush.over_value)))
        self._in_use = range_in_use
        self._show_parts()

    def show_opacity(self, opacity: float) -> None:
        """Afterwards ``opacity``, 0 to 1, is shown."""
        self._opacity.show_step(round(opacity * _STEPS), f"{opacity:.0%}")

    # ---- inside

    def _add(self, widget: QWidget, tools: Sequence[str]) -> None:
        self._column.addWidget(widget)
        self._of_tools.append((widget, tools))

    def _head(self) -> QVBoxLayout:
        heading = QLabel(self.tr("TOOL"), self)
        heading.setProperty("role", "heading")
        self._name, self._how = QLabel(self), QLabel(self)
        self._name.setObjectName("toolName")
        self._how.setObjectName("toolHow")
        self._how.setWordWrap(True)
        row, column = QHBoxLayout(), QVBoxLayout()
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self._name)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self._how)
        for label in (self._name, self._how):
            label.setProperty("role", "dim")
        return column

    def _add_brush(self) -> None:
        self._size = SliderRow("brushSize", self.tr("Size"), self.tr("Brush size: Shift+wheel, or [ and ]"), self)
        self._size.moved.connect(lambda step: self.radius_chosen.emit(_radius(step)))
        self._unit = Segments(
            "brushUnit", self.tr("Unit of the size"),
            [("mm", self.tr("mm"), self.tr("Size in mm: round in the patient")),
             ("px", self.tr("Pixels"), self.tr("Size in pixels: as many each way"))], self,
        )  # fmt: skip
        self._unit.chosen.connect(lambda unit: self._wish(unit=unit))
        self._shape = Segments(
            "brushShape", self.tr("Shape of the brush"),
            [("disc", self.tr("Disc"), self.tr("Paints this slice only")),
             ("sphere", self.tr("Sphere"), self.tr("Paints the slices beside it, too"))], self,
        )  # fmt: skip
        self._shape.chosen.connect(lambda shape: self._wish(is_sphere=shape == "sphere"))
        for widget in (self._size, self._unit, self._shape):
            self._add(widget, BRUSHES)
        self._pressure = QCheckBox(self.tr("Pen pressure sets the size"), self)
        self._pressure.setObjectName("followsPressure")
        self._pressure.setAccessibleName(self._pressure.text())
        self._pressure.setToolTip(self.tr("A pen that is pressed lightly paints with a smaller brush"))
        self._pressure.clicked.connect(lambda checked: self._wish(follows_pressure=checked))
        self._add(self._pressure, BRUSHES)

    def _add_intensities(self) -> None:
        self._tolerance = SliderRow(
            "tolerance", self.tr("Tolerance"), self.tr("How far intensities may differ from where it began"), self
        )
        ratio = LARGEST_TOLERANCE / SMALLEST_TOLERANCE
        self._tolerance.moved.connect(lambda step: self._wish(tolerance=SMALLEST_TOLERANCE * ratio ** (step / _STEPS)))
        self._add(self._tolerance, ("adaptive", "grow"))
        self._reach = Segments(
            "growReach", self.tr("Where it grows"),
            [("slice", self.tr("Slice"), self.tr("Grows within this slice")),
             ("volume", self.tr("Volume"), self.tr("Grows through the whole volume"))], self,
        )  # fmt: skip
        self._reach.chosen.connect(lambda reach: self._wish(grows_volume=reach == "volume"))
        self._add(self._reach, ("grow",))
        self._low = SliderRow("rangeLow", self.tr("From"), self.tr("Paints only intensities from here"), self)
        self._high = SliderRow("rangeHigh", self.tr("To"), self.tr("Paints only intensities up to here"), self)
        self._low.moved.connect(lambda step: self._set_range(low=self._range_value(step)))
        self._high.moved.connect(lambda step: self._set_range(high=self._range_value(step)))
        for row in (self._low, self._high):
            self._add(row, ("threshold",))

    def _add_protection(self) -> None:
        title = QLabel(self.tr("Paint over"), self)
        self._paint_over = Segments(
            "paintOver", self.tr("Paint over"),
            [("everything", self.tr("Unlocked"), self.tr("Paint over every label that is not locked")),
             ("background", self.tr("Empty"), self.tr("Paint only where there is no label yet")),
             ("label", self.tr("One"), self.tr("Paint over, or erase, one chosen label only"))], self,
        )  # fmt: skip
        self._paint_over.chosen.connect(lambda value: self._wish(paint_over=value))
        self._over = QComboBox(self)
        self._over.setObjectName("overLabel")
        self._over.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, Up and Down still go through slices
        self._over.setAccessibleName(self.tr("Label that may be painted over"))
        self._over.setToolTip(self.tr("Only this label is painted over or erased"))
        self._over.activated.connect(lambda _: self._wish(over_value=self._over.currentData()))
        self._hidden = QCheckBox(self.tr("Keep hidden labels as they are"), self)
        self._hidden.setObjectName("protectsHidden")
        self._hidden.setAccessibleName(self._hidden.text())
        self._hidden.setToolTip(self.tr("What is not seen is not painted over"))
        self._hidden.clicked.connect(lambda checked: self._wish(protects_hidden=checked))
        for widget in (title, self._paint_over, self._over, self._hidden):
            self._add(widget, PAINTERS)

    def _show_parts(self) -> None:
        """Shows what an option of the tool itself calls for."""
        self._unit.setVisible(self._has_mm and not self._size.isHidden())
        self._over.setVisible(self._brush.paint_over == "label" and not self._paint_over.isHidden())
        self._pressure.setVisible(has_pen() and not self._size.isHidden())

    def _wish(self, **changes: object) -> None:
        self.brush_chosen.emit(replace(self._brush, **changes))  # type: ignore[arg-type]

    def _set_range(self, *, low: float | None = None, high: float | None = None) -> None:
        now = self._in_use
        low = now.low if low is None else low
        high = now.high if high is None else high
        self._wish(range=Range(min(low, high), max(low, high)))

    def _range_value(self, step: int) -> float:
        """Steps are even over what the scan's intensities span; the first and the last are without end."""
        if step in (0, _STEPS):
            return -math.inf if step == 0 else math.inf
        return self._usual.level + (step / _STEPS - 0.5) * _SPREAD * self._usual.width

    def _range_step(self, value: float) -> int:
        share = (value - self._usual.level) / (_SPREAD * self._usual.width) + 0.5
        return round(_STEPS * min(1.0, max(0.0, share)))


def _radius(step: int) -> float:
    """The slider is logarithmic: equal ways are equal ratios."""
    low, high = math.log(SMALLEST_RADIUS), math.log(LARGEST_RADIUS / 4)
    return math.exp(low + (high - low) * step / _STEPS)


def _step(radius: float) -> int:
    low, high = math.log(SMALLEST_RADIUS), math.log(LARGEST_RADIUS / 4)
    return round(_STEPS * (math.log(radius) - low) / (high - low))


def has_pen() -> bool:
    """Whether a pen has been seen; for all others its option would only take room."""
    return any(device.type() is QInputDevice.DeviceType.Stylus for device in QInputDevice.devices())
