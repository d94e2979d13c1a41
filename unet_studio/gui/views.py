"""The room for views: one canvas, or several planes of the same scan beside each other, and the surface of its labels."""

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QToolButton, QWidget

from unet_studio.gui.canvas import Canvas
from unet_studio.gui.cross_lines import PLANE_COLOURS
from unet_studio.image.plane import Plane
from unet_studio.labels.label_map import Colour
from unet_studio.project.settings import ViewLayout
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.palette import Palette

LAYOUTS: tuple[ViewLayout, ...] = get_args(ViewLayout)
_BESIDE = {"single": 0, "two": 1, "three": 2, "four": 2}
# Where each view lies: row, column, rows and columns it spans. The main one first.
_PLACES: dict[ViewLayout, tuple[tuple[int, int, int, int], ...]] = {
    "single": ((0, 0, 2, 2),),
    "two": ((0, 0, 2, 1), (0, 1, 2, 1)),
    "three": ((0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)),
    "four": ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)),  # the surface last
}
_SHARES = {"single": (1, 0), "two": (1, 1), "three": (2, 1), "four": (1, 1)}  # of the width
_CORNER = 8  # logical pixels from a view's corner to its name


class Views(QWidget):
    """Holds the ``main`` canvas and, where asked for, others that show the planes it does not, made when first needed.

    So is the surface of the labels, by ``make_surface``. ``added`` tells of a new canvas.
    """

    added = Signal(object)

    def __init__(
        self, main: Canvas, palette: Palette, crosshair: Crosshair, make_surface: Callable[[], QWidget]
    ) -> None:
        super().__init__()
        self.setObjectName("views")
        self.setAccessibleName(self.tr("Views"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            "QWidget#views { background: #363d49; }"
        )  # the lines between views, which are dark in every theme
        self.main = main
        self.crosshair = crosshair
        self._palette = palette
        self._make_surface = make_surface
        self._surface: QWidget | None = None
        self._layout: ViewLayout = "single"
        self._maximised: QWidget | None = None
        self._canvases = [main]
        self._corners: dict[QWidget, QToolButton] = {}
        self._here = main
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(main, *_PLACES["single"][0])
        main.installEventFilter(self)
        main.dressed.connect(self._dress)
        crosshair.moved.connect(self._name)

    @property
    def here(self) -> Canvas:
        """The canvas that the pointer is in, or was in last."""
        return self._here

    @property
    def planes(self) -> tuple[Plane, ...]:
        """The planes that are on the screen."""
        return tuple(
            c.viewport.view.plane for c in self._canvases if not c.isHidden() and c.viewport.volume is not None
        )

    @property
    def canvases(self) -> tuple[Canvas, ...]:
        """The canvases of the layout, the main one first."""
        return tuple(self._canvases[: _BESIDE[self._layout] + 1])

    def arrange(self, layout: ViewLayout) -> None:
        """Afterwards the views are laid out so, none of them maximised."""
        if layout == self._layout and self._maximised is None:
            return
        self._layout, self._maximised = layout, None
        self._fill(self.crosshair.beside(_BESIDE[layout]))
        if layout == "four" and self._surface is None:
            self._surface = self._make_surface()
            self._surface.installEventFilter(self)
        for canvas in self.canvases:
            canvas.join(self.crosshair if layout != "single" else None)
        self._show()

    def toggle_maximised(self, view: QWidget | None = None) -> None:
        """Afterwards ``view``, or the one the pointer is in, is alone, or all of them are shown again."""
        if self._layout != "single":
            under = next((v for v in self._shown if v.isVisible() and v.underMouse()), self._here)
            self._maximised = (view or under) if self._maximised is None else None
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Canvas) and event.type() is QEvent.Type.Enter:
            self._here = watched
            if isinstance(QApplication.focusWidget(), Canvas):
                watched.setFocus(Qt.FocusReason.MouseFocusReason)  # keys go where the pointer is
        elif isinstance(watched, QWidget) and event.type() is QEvent.Type.Resize and watched in self._corners:
            self._place_corner(watched)
        return super().eventFilter(watched, event)

    # ---- inside

    @property
    def _all(self) -> list[QWidget]:
        return [*self._canvases, *([self._surface] if self._surface is not None else [])]

    @property
    def _shown(self) -> list[QWidget]:
        """The views of the layout, the main one first."""
        surface = [self._surface] if self._layout == "four" and self._surface is not None else []
        return [*self.canvases, *surface]

    def _fill(self, viewports: tuple[object, ...]) -> None:
        for viewport in viewports[len(self._canvases) - 1 :]:
            canvas = Canvas(viewport, self._palette, self.main.colours, self)  # type: ignore[arg-type]
            canvas.is_beside = True
            canvas.surface.share_growing(self.main.surface)
            canvas.setObjectName(f"canvas{len(self._canvases) + 1}")
            canvas.installEventFilter(self)
            canvas.hovered.connect(self.main.hovered)
            canvas.tool_asked.connect(self.main.tool_asked)
            canvas.told.connect(self.main.told)
            canvas.labels_asked.connect(self.main.labels_asked)
            self._canvases.append(canvas)
            self.added.emit(canvas)
        self._dress()

    def _dress(self) -> None:
        for canvas in self._canvases[1:]:
            canvas.look_like(self.main)

    def _show(self) -> None:
        """Afterwards the views of the layout, or the maximised one, fill the room."""
        layout: ViewLayout = self._layout if self._maximised is None else "single"
        shown = self._shown if self._maximised is None else [self._maximised]
        for view in self._all:
            self._grid.removeWidget(view)
            view.setVisible(view in shown)
        for view, place in zip(shown, _PLACES[layout], strict=True):
            self._grid.addWidget(view, *place)
        for number, share in enumerate(_SHARES[layout]):
            self._grid.setColumnStretch(number, share)
            self._grid.setRowStretch(number, int(layout != "single" or number == 0))
        self._grid.setSpacing(0 if layout == "single" else 1)
        if self._here.isHidden():
            self._here = next((c for c in self._canvases if not c.isHidden()), self.main)
        self._name()

    def _name(self) -> None:
        """Afterwards each of several views has its name in a corner."""
        for view in self._all:
            plane = None
            if isinstance(view, Canvas) and view.viewport.volume is not None:
                plane = view.viewport.view.plane
            if self._layout == "single" or (plane is None and view is not self._surface):
                if view in self._corners:
                    self._corners[view].hide()
                continue
            if view not in self._corners:
                self._corners[view] = self._corner(view)
            name = plane_text(plane) if plane is not None else self.tr("Surface")
            self._label(view, name, PLANE_COLOURS[plane] if plane is not None else self.main.colours.text)

    def _label(self, view: QWidget, name: str, colour: Colour) -> None:
        corner, text = self._corners[view], name + ("  ⤡" if self._maximised is view else "  ⤢")
        if corner.text() != text:
            corner.setText(text)
            corner.setAccessibleName(self.tr("Maximise the view: {name}").format(name=name))
            corner.setStyleSheet(
                f"QToolButton {{ color: rgb{colour}; background: rgba(8, 9, 11, 150); padding: 4px 8px; }}"
                "QToolButton:hover { background: rgba(60, 66, 78, 220); }"
            )
        self._place_corner(view)
        corner.show()
        corner.raise_()

    def _corner(self, view: QWidget) -> QToolButton:
        button = QToolButton(view)
        button.setObjectName(f"{view.objectName()}Corner")
        button.setToolTip(self.tr("Click, or press M, to fill the room with this view, or to go back"))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.toggle_maximised(view))
        return button

    def _place_corner(self, view: QWidget) -> None:
        corner = self._corners[view]
        corner.adjustSize()
        corner.move(view.width() - corner.width() - _CORNER, view.height() - corner.height() - _CORNER)


def plane_text(plane: Plane) -> str:
    """The plane's name for the user."""
    return {
        Plane.AXIAL: QCoreApplication.translate("Commands", "Axial"),
        Plane.CORONAL: QCoreApplication.translate("Commands", "Coronal"),
        Plane.SAGITTAL: QCoreApplication.translate("Commands", "Sagittal"),
    }[plane]
