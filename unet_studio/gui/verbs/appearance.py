"""How slices are shown: window presets, colour maps, slabs, the magnifier; and what is measured on them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from unet_studio.gui.colour_maps import COLOUR_MAPS
from unet_studio.gui.language import said
from unet_studio.gui.main_window import MainWindow
from unet_studio.image.slab import Slab, SlabKind
from unet_studio.image.window import CT_PRESETS, preset_names, preset_window
from unet_studio.project.settings import ColourMap
from unet_studio.workbench.assistant import OpenSegmenter
from unet_studio.workbench.jobs import Post
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]
PRESETS = 6
THICKNESSES = (5.0, 10.0, 20.0, 40.0)  # mm
HELD_MS = 300  # a key held longer puts the magnifier away when let go
REPEAT_MS = 80  # a press so soon after a release is a key that repeats: not every system says so


class AppearanceVerbs(QObject):
    """Presets and slab are of the open scan; colour map and inversion are remembered."""

    def __init__(
        self,
        window: MainWindow,
        workbench: Workbench,
        preferences: Preferences,
        post: Post,
        open_segmenter: OpenSegmenter,
    ) -> None:
        super().__init__(window)
        self._post = post
        self._open_segmenter = open_segmenter
        self._comparing: QDialog | None = None
        self._window = window
        self._workbench = workbench
        self._viewport = workbench.viewport
        self._preferences = preferences
        self._slab = Slab()
        self._held = QElapsedTimer()
        self._letting_go = QTimer(self)
        self._letting_go.setSingleShot(True)
        self._letting_go.setInterval(REPEAT_MS)
        self._letting_go.timeout.connect(self._let_go)
        self._maps = self._choices(
            window.colour_maps, [(name, _map_text(name)) for name in COLOUR_MAPS], self._take_map
        )
        kinds: tuple[tuple[SlabKind, str], ...] = (
            ("max", _tr("Brightest")), ("min", _tr("Darkest")), ("mean", _tr("Mean")),
        )  # fmt: skip
        self._kinds = self._choices(window.slabs, kinds, lambda kind: self._take_slab(replace(self._slab, kind=kind)))
        window.slabs.addSeparator()
        sizes = [(size, _tr("{n} mm").format(n=f"{size:g}")) for size in THICKNESSES]
        self._sizes = self._choices(
            window.slabs, sizes, lambda size: self._take_slab(replace(self._slab, thickness=size))
        )
        workbench.case_changed.connect(self._show_case)
        workbench.viewport.windowed.connect(self._show_slab)
        preferences.changed.connect(self._show_map)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._show_map()
        self._show_slab()

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            **{f"preset_{n + 1}": partial(self._take_preset, n) for n in range(PRESETS)},
            "colour_map_next": self._next_map,
            "hide_identities": lambda: self._preferences.change(
                hides_identities=not self._preferences.settings.hides_identities
            ),
            "invert": lambda: self._preferences.change(is_inverted=not self._preferences.settings.is_inverted),
            "slab": lambda: self._viewport.set_slab(None if self._viewport.slab else self._slab),
            "magnifier": self._magnify,
            "copy_measures": self._copy,
            "compare": self._compare,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease and self._held.isValid():
            action = self._window.actions_by_id["magnifier"]
            if QKeySequence(event.key()) in action.shortcuts() and not event.isAutoRepeat():
                if self._held.elapsed() > HELD_MS:
                    self._letting_go.start()
                else:
                    self._held.invalidate()
        return False

    # ---- inside

    def _choices(self, menu: QMenu, choices: object, take: Callable[..., object]) -> dict[object, QAction]:
        group, made = QActionGroup(menu), {}
        for value, text in choices:  # type: ignore[attr-defined]
            action = menu.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _, value=value: take(value))
            group.addAction(action)
            made[value] = action
        return made

    def _take_preset(self, number: int) -> None:
        volume = self._viewport.volume
        if volume is not None and number < len(preset_names(volume.modality)):
            self._viewport.set_window(preset_window(volume.voxels, volume.modality, number))

    def _show_case(self) -> None:
        """Another scan has other presets, and is shown slice by slice."""
        volume = self._viewport.volume
        names = preset_names(volume.modality) if volume is not None else ()
        for number in range(PRESETS):
            action = self._window.actions_by_id[f"preset_{number + 1}"]
            action.setVisible(number < len(names) or volume is None)
            if number < len(names):
                window = CT_PRESETS[number].window
                is_ct = volume is not None and volume.modality == "CT"
                unit = f"  (W {window.width:.0f} L {window.level:.0f})" if is_ct else ""
                action.setText(said(names[number]) + unit)
        self._viewport.set_slab(None)
        self._leave_comparing()

    def _next_map(self) -> None:
        at = COLOUR_MAPS.index(self._preferences.settings.colour_map)
        self._take_map(COLOUR_MAPS[(at + 1) % len(COLOUR_MAPS)])

    def _take_map(self, name: ColourMap) -> None:
        self._preferences.change(colour_map=name)

    def _show_map(self) -> None:
        self._maps[self._preferences.settings.colour_map].setChecked(True)

    def _take_slab(self, slab: Slab) -> None:
        self._slab = slab
        self._viewport.set_slab(slab)
        self._show_slab()

    def _show_slab(self) -> None:
        self._kinds[self._slab.kind].setChecked(True)
        self._sizes[self._slab.thickness].setChecked(True)
        if "slab" in getattr(self._window, "actions_by_id", {}):  # not before the window is furnished
            self._window.actions_by_id["slab"].setChecked(self._viewport.slab is not None)

    def _magnify(self) -> None:
        if self._letting_go.isActive():
            self._letting_go.stop()
            self._window.actions_by_id["magnifier"].setChecked(True)  # the press has switched it
            return
        self._held.start()
        self._show_magnifier()

    def _let_go(self) -> None:
        self._held.invalidate()
        self._window.actions_by_id["magnifier"].setChecked(False)
        self._show_magnifier()

    def _show_magnifier(self) -> None:
        is_on = self._window.actions_by_id["magnifier"].isChecked()
        for canvas in self._window.views.canvases:
            canvas.magnify(is_on)

    def _compare(self) -> None:
        self._leave_comparing()
        if self._workbench.annotation is None:
            return
        from unet_studio.gui.dialogs.compare import CompareDialog
        from unet_studio.workbench.opinions import Opinions

        opinions = Opinions(self._workbench, self._post, self._open_segmenter)
        dialog = CompareDialog(
            self._window, opinions, self._window.canvas, self._workbench.palette, preferences=self._preferences
        )
        self._comparing = dialog
        dialog.finished.connect(self._comparing_ended)
        dialog.show()

    def _leave_comparing(self) -> None:
        if self._comparing is not None:
            self._comparing.reject()  # its case is closed

    def _comparing_ended(self) -> None:
        self._comparing = None

    def _copy(self) -> None:
        texts = self._window.views.here.hand.measures.texts
        if texts:
            QGuiApplication.clipboard().setText("\n".join(texts))
            self._workbench.told(_tr("Copied: {what}").format(what=", ".join(texts)))
        else:
            self._workbench.told(_tr("Nothing is measured on this slice. Take the ruler (R) and drag."))


def _map_text(name: ColourMap) -> str:
    return {
        "grey": _tr("Grey"), "bone": _tr("Bone"), "hot": _tr("Hot"), "cubehelix": _tr("Cubehelix"),
        "viridis": _tr("Viridis"), "magma": _tr("Magma"),
    }[name]  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("AppearanceVerbs", text)
