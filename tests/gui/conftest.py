"""The whole app on a small scan of a ball in a box, without a screen."""

import gc
from pathlib import Path

import nibabel
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from unet_studio.app import import_network, open_segmenter
from unet_studio.gui.main_window import MainWindow
from unet_studio.gui.studio import Studio
from unet_studio.gui.theme import DARK, dress
from unet_studio.labels.label_map import LabelClass
from unet_studio.workbench.preferences import Preferences

CLASSES = (LabelClass(1, "Ball", (240, 106, 80)), LabelClass(2, "Shell", (64, 178, 240)))
SHAPE = (12, 48, 64)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A NIfTI of 12 slices of 48 rows and 64 columns with a bright ball in the middle."""
    z, y, x = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    ball = ((z - 6) * 3.0) ** 2 + (y - 24) ** 2 + (x - 32) ** 2 < 12**2
    voxels = np.where(ball, 400, 100).astype(np.int16) + (np.indices(SHAPE).sum(axis=0) % 7).astype(np.int16)
    path = tmp_path / "ball.nii.gz"
    nibabel.save(nibabel.Nifti1Image(voxels.transpose(2, 1, 0), np.diag([-1.0, -1.0, 3.0, 1.0])), path)
    return path


@pytest.fixture
def app(qtbot, tmp_path: Path):
    """The program, shown, with no project open."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, DARK)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    parts = Studio(
        window, Preferences(tmp_path / "settings.json"), DARK,
        projects_folder=tmp_path / "projects", open_segmenter=open_segmenter, import_network=import_network,
    )  # fmt: skip
    qtbot.waitExposed(window)
    yield parts
    parts.workbench.close()
    window.close()
    del parts
    gc.collect()  # here and not in a lane of the next test: a Qt object that dies in another thread takes the process along


@pytest.fixture
def studio(app: Studio, scan: Path, qtbot) -> Studio:
    """The program with the scan open in a project of two classes."""
    app.workbench.new_project(scan.parent / "ball.unetstudio", "ball", CLASSES)
    qtbot.waitUntil(lambda: app.workbench.project is not None)
    app.workbench.find_sources([scan])
    qtbot.waitUntil(lambda: app.workbench.annotation is not None)
    saved(app, qtbot)
    return app


def saved(app: Studio, qtbot) -> None:
    """Waits until everything is on disk."""
    qtbot.waitUntil(lambda: app.workbench.project.saving.pending == 0)
