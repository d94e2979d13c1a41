"""What the surface view is fed with: surfaces of the open labels, built anew a moment after the last edit."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from unet_studio.gui.language import said
from unet_studio.gui.surface_view import SurfaceView
from unet_studio.image.volume import Point
from unet_studio.progress import Progress
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.crosshair import Crosshair
from unet_studio.workbench.latest import Latest
from unet_studio.workbench.surfaces import LabelSurface, label_surfaces
from unet_studio.workbench.workbench import Workbench

REST_MS = 800  # after the last edit


class SurfaceFeed(QObject):
    """Works only while the view is on the screen: no copy of the labels is taken for nobody."""

    def __init__(
        self,
        view: SurfaceView,
        workbench: Workbench,
        crosshair: Crosshair,
        surfaces: Latest[tuple[LabelSurface, ...]],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._workbench = workbench
        self._crosshair = crosshair
        self._surfaces = surfaces
        self._annotation: Annotation | None = None
        self._built: tuple[LabelSurface, ...] = ()
        self._is_stale = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.build)
        view.pointed.connect(self._point)
        view.woken.connect(self.wake)
        view.stop_asked.connect(self._stop)
        view.build_asked.connect(self.build)
        workbench.case_changed.connect(self._show_case)
        workbench.palette.classes_changed.connect(self._show)
        crosshair.moved.connect(self._show_crosshair)
        self._show_case()

    def wake(self) -> None:
        """Afterwards what changed while the view was not seen is being built."""
        self._show_crosshair()
        if self._is_stale:
            self.build()

    def build(self) -> None:
        """Afterwards the surfaces of the labels as they are now are being built."""
        self._rest.stop()
        if self._annotation is None or not self._view.isVisible():
            return
        self._is_stale = False
        label_map = self._annotation.label_map
        labels, geometry = label_map.voxels.copy(), label_map.geometry
        self._surfaces.ask(lambda: label_surfaces(labels, geometry), done=self._done, progressed=self._progressed)

    # ---- inside

    def _show_case(self) -> None:
        if self._annotation is not None:
            self._annotation.changed.disconnect(self._changed)
        self._annotation = self._workbench.annotation
        self._surfaces.cancel()
        self._built, self._is_stale = (), True
        if self._annotation is not None:
            self._annotation.changed.connect(self._changed)
        self._view.show_progress("")
        self._show()
        if self._view.isVisible():
            self.wake()

    def _changed(self, _: object) -> None:
        self._is_stale = True
        if self._view.isVisible():
            self._rest.start()

    def _progressed(self, progress: Progress) -> None:
        share = "" if progress.fraction is None else f" {progress.fraction:.0%}"
        self._view.show_progress(f"{said(progress.message)}{share}")

    def _done(self, surfaces: tuple[LabelSurface, ...]) -> None:
        self._built = surfaces
        self._view.show_progress("")
        self._show()

    def _stop(self) -> None:
        self._surfaces.cancel()
        self._is_stale = True
        self._view.show_progress(QCoreApplication.translate("SurfaceView", "Stopped."), is_stopped=True)

    def _show(self) -> None:
        colours = {c.value: c.colour for c in self._workbench.palette.classes if c.is_visible}
        self._view.show_surfaces(self._built, colours)

    def _show_crosshair(self) -> None:
        volume, voxel = self._workbench.viewport.volume, self._crosshair.voxel
        point = volume.geometry.patient_point(voxel) if volume is not None and voxel is not None else None
        self._view.show_crosshair(point)

    def _point(self, point: Point) -> None:
        volume = self._workbench.viewport.volume
        if volume is not None:
            self._crosshair.go(volume.geometry.nearest_voxel(point))
