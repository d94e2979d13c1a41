"""Two opinions on the same slices: before and after a retraining, or labels and proposals, side by side or swiped across."""

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unet_studio.gui.canvas import Canvas
from unet_studio.gui.language import said
from unet_studio.gui.segments import Segments
from unet_studio.gui.swipe import Pair
from unet_studio.gui.theme import GRID
from unet_studio.labels.edit import edit_between
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.labels.scores import dice
from unet_studio.project.settings import Compared
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.opinions import LABELS, PROPOSALS, Opinions
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.viewport import Viewport

_KEYS = {"PgDown": 1, "Down": 1, "PgUp": -1, "Up": -1}


class Side:
    """One canvas, whom it shows, and a label map of its own that holds the answers seen so far."""

    def __init__(self, opinions: Opinions, main: Canvas, palette: Palette, choice: QComboBox, parent: QWidget) -> None:
        self.choice = choice
        self.viewport = Viewport()
        self.canvas = Canvas(self.viewport, palette, main.colours, parent)
        self.canvas.is_beside = True
        self.canvas.look_like(main)
        self.canvas.set_tool("navigate")
        self._opinions = opinions
        self._palette = palette
        self._label_map = self._emptied()
        self.viewport.join(main.viewport, opinions.annotation.view.plane)

    @property
    def key(self) -> str:
        """Who is shown."""
        return str(self.choice.currentData())

    def choose(self) -> None:
        """Afterwards nothing of whom it showed before is left."""
        self._label_map = self._emptied()

    def show_slice(self) -> Labels | None:
        """Afterwards the slice looked at shows what is said of it; that, or None where it is not known."""
        view, index = self.viewport.view, self.viewport.index
        said_of_it = self._opinions.ask(self.key, index)
        before = self._label_map.voxels
        start = [0, 0, 0]
        start[view.axis] = index
        part = (slice(None),) * view.axis + (slice(index, index + 1),)
        after = np.zeros_like(before[part])
        if said_of_it is not None:
            view.slice_of(after, 0)[...] = said_of_it
        edit = edit_between("", before[part], after, start=(start[0], start[1], start[2]))
        if edit is not None:
            edit.apply(self._label_map)
            self._shown.changed(edit.box)
        return said_of_it

    def _emptied(self) -> LabelMap:
        annotation = self._opinions.annotation
        label_map = LabelMap(annotation.label_map.geometry)
        self._shown = Annotation(
            annotation.case, label_map, self._palette, states={}, proposals={}, history=History(), record=lambda _: None,
            is_read_only=True, counts=np.zeros(256, np.int64),
        )  # fmt: skip
        self.canvas.set_annotation(self._shown)
        return label_map


class CompareDialog(QDialog):
    """Both sides show the same slice at the same zoom; a line below tells how far they agree.

    Who is on which side, and how both are shown, is as it was left the last time.
    """

    def __init__(
        self, parent: QWidget, opinions: Opinions, main: Canvas, palette: Palette, *, preferences: Preferences
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAccessibleName(self.tr("Compare"))
        self.setWindowTitle(self.tr("Compare"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1120, 640)
        self._opinions = opinions
        self._palette = palette
        self._preferences = preferences
        self._roles = _roles([opinion.key for opinion in opinions.all()])
        self._agreement = QLabel(self)
        self._agreement.setObjectName("agreement")
        self._agreement.setWordWrap(True)
        first = self._first()
        self.sides = tuple(
            Side(opinions, main, palette, self._choice(name, tip, key), self)
            for name, tip, key in (
                ("compareLeft", self.tr("Whose outlines are on the left"), first[0]),
                ("compareRight", self.tr("Whose outlines are on the right"), first[1]),
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(1)
        grid.setVerticalSpacing(GRID)
        self.pair = Pair(self.sides[0].canvas, self.sides[1].canvas, self)
        grid.addWidget(self.pair, 1, 0, 1, 2)
        for column, side in enumerate(self.sides):
            grid.addWidget(side.choice, 0, column)
            grid.setColumnStretch(column, 1)
            side.canvas.setObjectName(f"compareCanvas{column + 1}")
            side.choice.activated.connect(lambda _, column=column: self._choose(column))
        grid.setRowStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(grid, 1)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        foot.addWidget(self._agreement, 1)
        self._ways = self._made_ways()
        foot.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)
        self._link()
        for key, step in _KEYS.items():
            QShortcut(QKeySequence(key), self, lambda step=step: self.sides[0].viewport.step(step))
        opinions.arrived.connect(self._arrived)
        opinions.failed.connect(self._tell)
        opinions.annotation.changed.connect(self._labels_changed)
        self.finished.connect(self._close)
        self._show_way(preferences.settings.compare_way)
        self.show_slice()

    def show_slice(self) -> None:
        """Afterwards both sides show what is said of the slice looked at, and the line below how far they agree."""
        shown = [side.show_slice() for side in self.sides]
        index = self.sides[0].viewport.index
        if shown[0] is not None and shown[1] is not None:
            self._agreement.setText(self._agreeing(shown[0], shown[1]))
        elif any(self._opinions.is_asked(side.key, index) for side in self.sides):
            self._agreement.setText(self.tr("The network is asked about this slice…"))
        else:
            self._agreement.setText(self.tr("There is no proposal for this slice."))

    # ---- inside

    def _agreeing(self, one: Labels, other: Labels) -> str:
        values: Mapping[int, str] = {c.value: c.name for c in self._palette.classes}
        parts = [
            f"{name} {dice(one == value, other == value):.2f}"
            for value, name in values.items()
            if (one == value).any() or (other == value).any()
        ]
        changed = int(np.count_nonzero(one != other))
        pixels = self.tr("%n pixel(s) differ", "", changed)
        return self.tr("Agreement on this slice (Dice): {list}").format(list=" · ".join([*parts, pixels]))

    def _choice(self, name: str, tip: str, key: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, Up and Down still go through slices
        box.setAccessibleName(tip)
        box.setToolTip(tip)
        texts = {LABELS: self.tr("Labels"), PROPOSALS: self.tr("Proposals")}
        for opinion in self._opinions.all():
            box.addItem(texts.get(opinion.key, opinion.name), opinion.key)
        box.setCurrentIndex(max(0, box.findData(key)))
        return box

    def _first(self) -> tuple[str, str]:
        """Whom both sides begin with: as last time where they are there, else what changed last."""
        roles, wish = self._roles, self._preferences.settings
        usual: tuple[Compared, Compared] = ("labels", "newest" if "newest" in roles else "proposals")
        if "earlier" in roles:
            usual = ("earlier", "newest")
        left, right = (roles.get(one, "") for one in (wish.compare_left, wish.compare_right))
        return (left, right) if left and right and left != right else (roles[usual[0]], roles[usual[1]])

    def _made_ways(self) -> Segments:
        ways = Segments(
            "compareWay", self.tr("How both are shown"),
            [("beside", self.tr("Side by side"), self.tr("Each on a half of its own")),
             ("swipe", self.tr("Swipe"), self.tr("One over the other, with a divider to drag"))], self,
        )  # fmt: skip
        ways.chosen.connect(lambda way: self._preferences.change(compare_way=way))
        ways.chosen.connect(self._show_way)
        return ways

    def _show_way(self, way: str) -> None:
        self._ways.show_value(way)
        self.pair.swipe(is_swiped=way == "swipe")
        (self.pair.divider if way == "swipe" else self.sides[0].canvas).setFocus()

    def _choose(self, column: int) -> None:
        self.sides[column].choose()
        self.show_slice()
        left, right = (_role_of(side.key, self._roles) for side in self.sides)
        self._preferences.change(compare_left=left, compare_right=right)

    def _link(self) -> None:
        left, right = self.sides
        right.canvas.surface.places.lens = left.canvas.surface.places.lens
        for one, other in ((left, right), (right, left)):
            one.viewport.moved.connect(partial(self._go, one, other))
            one.viewport.windowed.connect(partial(_share_window, one, other))
            one.canvas.zoomed.connect(other.canvas.update)

    def _go(self, one: Side, other: Side) -> None:
        other.viewport.go(one.viewport.index)
        self.show_slice()

    def _arrived(self, key: str, index: int) -> None:
        if index == self.sides[0].viewport.index and any(side.key == key for side in self.sides):
            self.show_slice()

    def _labels_changed(self, _: object) -> None:
        if any(side.key in (LABELS, PROPOSALS) for side in self.sides):
            self.show_slice()

    def _tell(self, sentence: str) -> None:
        self._agreement.setText(said(sentence))

    def _close(self) -> None:
        self._opinions.annotation.changed.disconnect(self._labels_changed)
        self._opinions.close()
        for side in self.sides:
            side.canvas.retire()


def _share_window(one: Side, other: Side) -> None:
    other.viewport.set_window(one.viewport.window)


def _roles(keys: list[str]) -> dict[Compared, str]:
    """Whom another time's choice means now, of ``Opinions.all`` by key: the newest checkpoint is another one then."""
    names: tuple[Compared, ...] = ("labels", "proposals", "newest", "earlier")
    return dict(zip(names, keys, strict=False))


def _role_of(key: str, roles: Mapping[Compared, str]) -> Compared:
    """What a choice is remembered as; "" for a checkpoint older than the last two."""
    return next((role for role, one in roles.items() if one == key), "")
