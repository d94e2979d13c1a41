"""What a canvas listens to: each event of the viewport, the palette and the labels makes some of it stale."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from unet_studio.gui.brush_tools import include
from unet_studio.gui.first_names import add_label
from unet_studio.gui.readout import Readout
from unet_studio.workbench.annotation import Annotation, Box, changed_rectangle
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.refusal import Refusal, remedy
from unet_studio.workbench.viewport import Viewport

if TYPE_CHECKING:
    from unet_studio.gui.canvas import Canvas


class Attention:
    """Keeps ``canvas`` true to ``viewport``, ``palette`` and the annotation that it was last turned to."""

    def __init__(self, canvas: "Canvas", viewport: Viewport, palette: Palette) -> None:
        self._canvas = canvas
        self._viewport = viewport
        self._palette = palette
        viewport.opened.connect(self._show_other_volume)
        viewport.exchanged.connect(self._show_other_slice)
        viewport.moved.connect(self._show_other_slice)
        viewport.windowed.connect(self._show_other_window)
        palette.changed.connect(self._show_brush)
        palette.classes_changed.connect(canvas.show_otherwise)

    def turn_to(self, annotation: Annotation | None) -> None:
        """Afterwards ``annotation`` is shown and listened to; None for none."""
        picture = self._canvas.picture
        self._canvas.hand.finish()
        if (before := picture.annotation) is not None:
            before.changed.disconnect(self._show_labels)
            before.states_changed.disconnect(self._show_states)
            before.refused.disconnect(self._show_refusal)
        picture.annotation = annotation
        if annotation is not None:
            annotation.changed.connect(self._show_labels)
            annotation.states_changed.connect(self._show_states)
            annotation.refused.connect(self._show_refusal)
        self._show_other_slice()

    def end(self) -> None:
        """Afterwards it hears of nothing any more that outlives the canvas."""
        self.turn_to(None)
        self._palette.changed.disconnect(self._show_brush)
        self._palette.classes_changed.disconnect(self._canvas.show_otherwise)

    def _show_other_volume(self) -> None:
        self._canvas.surface.places.lens.reset()
        self._show_other_slice()
        self._canvas.zoomed.emit()

    def _show_other_slice(self) -> None:
        canvas = self._canvas
        canvas.bubble.hide()
        canvas.hand.finish()
        canvas.hand.show_cursor()
        self._show_other_window()
        if canvas.surface.pointer.place is not None:
            canvas.surface.hover(canvas.surface.pointer.place)  # another voxel lies under the resting cursor

    def _show_other_window(self) -> None:
        self._canvas.picture.slice_changed()
        self._canvas.update()

    def _show_brush(self) -> None:
        self._canvas.surface.pointer.redraw_ring()
        if self._canvas.hand.has_sketch:
            self._canvas.update()

    def _show_states(self) -> None:
        if self._canvas.picture.proposals_changed():
            self._canvas.update()

    def _show_labels(self, box: Box) -> None:
        volume, picture = self._viewport.volume, self._canvas.picture
        if volume is None or picture.labels is None:
            return
        shown = changed_rectangle(self._viewport.view, volume.geometry.shape, self._viewport.index, box)
        if shown is None:
            return
        if picture.proposals_changed():
            self._canvas.update()  # what is written of a proposal may lie beside the slice
        else:
            picture.labels_changed(shown)
            self._canvas.surface.redraw_pixels(shown)

    def _show_refusal(self, refused: Refusal) -> None:
        """Beside the cursor where it is on the slice; else, as for a command from a menu, among the notices."""
        canvas = self._canvas
        place = canvas.surface.pointer.place
        if place is None:
            is_at_another = isinstance(QApplication.widgetAt(QCursor.pos()), type(canvas))
            if not canvas.is_beside and not is_at_another:
                canvas.told.emit(refused.sentence)
            return
        readout = canvas.surface.readout_at(place)
        canvas.bubble.show_refusal(refused, place.toPoint(), lambda: self._mend(refused, readout))

    def _mend(self, refused: Refusal, readout: Readout | None) -> None:
        if refused.reason == "out_of_range" and readout is not None:
            include(self._canvas.surface, readout.voxel)
        elif refused.reason == "busy":
            self._canvas.hand.stop()
        elif refused.reason == "unseen":
            self._canvas.labels_asked.emit()
        elif refused.reason == "no_label":
            add_label(self._palette, self._canvas.picture.annotation)
        else:
            remedy(self._palette, refused)
