"""The Edit and Tools menus, and the panels of labels and brush."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut

from unet_studio.gui.actions import COMMANDS
from unet_studio.gui.dialogs import questions
from unet_studio.gui.first_names import add_label
from unet_studio.gui.main_window import MainWindow
from unet_studio.labels.label_map import LabelClass
from unet_studio.workbench.annotation import Annotation, Box
from unet_studio.workbench.classes import change_class, remove_class
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
RADIUS_STEP = 1.2
PAINTERS = ("brush", "adaptive", "threshold")  # that the eraser is exchanged for
TOOLS = tuple(c.id for c in COMMANDS if c.choice == "tool")


class DrawingVerbs:
    """What the user does to labels, with which tool and class."""

    def __init__(self, window: MainWindow, workbench: Workbench, preferences: Preferences) -> None:
        self._window = window
        self._workbench = workbench
        self._palette = workbench.palette
        self._preferences = preferences
        self._painter = "brush"  # the one that was in hand last
        wishes = preferences.settings
        self._palette.set_brush(
            replace(
                self._palette.brush, radius=wishes.brush_radius, unit=wishes.brush_unit, is_sphere=wishes.brush_is_sphere,
                follows_pressure=wishes.brush_follows_pressure,
            )
        )  # fmt: skip
        window.labels.chosen.connect(self._palette.choose)
        window.labels.changed.connect(self._change_class)
        window.labels.removed.connect(self._remove_class)
        window.labels.new_asked.connect(self._new_label)
        window.tool_options.radius_chosen.connect(self._set_radius)
        window.tool_options.brush_chosen.connect(self._palette.set_brush)
        window.tool_options.opacity_chosen.connect(lambda opacity: preferences.change(label_opacity=opacity))
        window.canvas.tool_asked.connect(self.take)
        self._palette.changed.connect(self._remember_brush)
        preferences.changed.connect(self._take_brush)
        self._digits = [QShortcut(QKeySequence(), window, partial(self.choose_digit, digit)) for digit in range(10)]

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "undo": partial(self._travel, Annotation.undo),
            "redo": partial(self._travel, Annotation.redo),
            "swap": self._swap,
            "copy_previous": partial(self._copy, -1),
            "copy_next": partial(self._copy, 1),
            "clear_slice": self._clear,
            "accept": partial(self._accept, is_all=False),
            "accept_all": partial(self._accept, is_all=True),
            "review": self._workbench.review,
            "reopen": self._reopen,
            "brush_larger": lambda: self._set_radius(self._palette.brush.radius * RADIUS_STEP),
            "brush_smaller": lambda: self._set_radius(self._palette.brush.radius / RADIUS_STEP),
            "label_next": partial(self._palette.choose_next, 1),
            "label_previous": partial(self._palette.choose_next, -1),
            "new_label": self._new_label,
            **{tool: partial(self.take, tool) for tool in TOOLS},
        }

    def take(self, tool: str) -> None:
        """Afterwards ``tool`` is in hand."""
        if tool in PAINTERS:
            self._painter = tool
        if tool == "eraser" or tool in PAINTERS:
            self._palette.set_brush(replace(self._palette.brush, is_eraser=tool == "eraser"))
        self._window.canvas.set_tool(tool)
        self._window.tool_options.show_tool(tool)
        self._window.actions_by_id[tool].setChecked(True)

    def show_digits(self, keys: Sequence[str]) -> None:
        """Afterwards the key at place n of ``keys`` chooses the n-th label, the first one the eraser."""
        for shortcut, key in zip(self._digits, keys, strict=True):
            shortcut.setKey(QKeySequence(key))

    def choose_digit(self, digit: int) -> None:
        """Afterwards the label at that place of the list is in hand; 0 takes the eraser."""
        if digit == 0:
            self.take("eraser")
        elif digit <= len(self._palette.classes):
            self._palette.choose(self._palette.classes[digit - 1].value)
            if self._palette.brush.is_eraser:
                self.take(self._painter)

    # ---- inside

    def _swap(self) -> None:
        self.take(self._painter if self._palette.brush.is_eraser else "eraser")

    def _take_brush(self) -> None:
        wishes, brush = self._preferences.settings, self._palette.brush
        wished = replace(brush, radius=wishes.brush_radius, follows_pressure=wishes.brush_follows_pressure)
        if wished != brush:
            self._palette.set_brush(wished)

    def _set_radius(self, radius: float) -> None:
        if radius != self._palette.brush.radius:
            self._palette.set_brush(replace(self._palette.brush, radius=radius))

    def _remember_brush(self) -> None:
        brush = self._palette.brush
        self._preferences.change(
            brush_radius=brush.radius, brush_unit=brush.unit, brush_is_sphere=brush.is_sphere,
            brush_follows_pressure=brush.follows_pressure,
        )  # fmt: skip

    def _new_label(self) -> None:
        if not add_label(self._palette, self._workbench.annotation):
            self._workbench.told(_tr("All 255 labels are in use. Remove one first."))

    def _change_class(self, changed: LabelClass) -> None:
        change_class(self._palette, self._workbench.annotation, changed)

    def _remove_class(self, value: int) -> None:
        removed: LabelClass | None = next((c for c in self._palette.classes if c.value == value), None)
        if removed is None:
            return
        sentence = _tr("“{label}” leaves the list, and what is drawn with it on the case on the screen is cleared.")
        if questions.ask_sure(self._window, _tr("Remove label"), sentence.format(label=removed.name), _tr("Remove")):
            remove_class(self._palette, self._workbench.annotation, removed)

    def _travel(self, verb: Callable[[Annotation], None]) -> None:
        """Undo or redo, and look where it happened."""
        annotation, viewport = self._workbench.annotation, self._workbench.viewport
        if annotation is None:
            return
        boxes: list[Box] = []
        annotation.changed.connect(boxes.append)
        verb(annotation)
        annotation.changed.disconnect(boxes.append)
        if boxes:
            touched = boxes[-1][viewport.view.axis]
            if not touched.start <= viewport.index < touched.stop:
                viewport.go((touched.start + touched.stop - 1) // 2)

    def _here(self) -> tuple[Annotation, int] | None:
        annotation, viewport = self._workbench.annotation, self._workbench.viewport
        if annotation is None:
            return None
        if not viewport.is_working_plane:
            sentence = _tr("This works on whole slices of the {plane} plane. Turn to it first.")
            self._workbench.told(sentence.format(plane=annotation.view.plane))
            return None
        annotation.end_stroke()
        return annotation, viewport.index

    def _copy(self, by: int) -> None:
        if here := self._here():
            annotation, index = here
            source = index + by
            if not 0 <= source < annotation.case.slices:
                return
            proposal = annotation.proposal(source)  # what is seen there is copied
            labels = annotation.labels(source) if proposal is None else proposal.labels
            if labels.any():
                name = _tr("Copy slice {from_} to {to}").format(from_=source + 1, to=index + 1)
                annotation.replace_slice(name, index, labels.copy())
            else:
                self._workbench.told(_tr("Nothing is drawn on slice {slice}.").format(slice=source + 1))

    def _clear(self) -> None:
        if here := self._here():
            annotation, index = here
            name = _tr("Clear slice {slice}").format(slice=index + 1)
            annotation.replace_slice(name, index, np.zeros_like(annotation.labels(index)))

    def _accept(self, *, is_all: bool) -> None:
        if here := self._here():
            annotation, index = here
            annotation.accept(range(annotation.case.slices) if is_all else [index])

    def _reopen(self) -> None:
        if here := self._here():
            annotation, index = here
            annotation.unreview(index)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DrawingVerbs", text)
