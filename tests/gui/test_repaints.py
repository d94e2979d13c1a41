"""50,000 repaints lose no reference: PySide6 6.12.0 dropped some to None in every paint, until the program died."""

import subprocess
import sys
import textwrap

import pytest

PAINTING = textwrap.dedent(
    """
    import sys
    import numpy as np
    from PySide6.QtWidgets import QApplication
    app = QApplication([])
    from unet_studio.gui.canvas import Canvas
    from unet_studio.image.volume import Geometry, Volume
    from unet_studio.labels.history import History
    from unet_studio.labels.label_map import LabelClass, LabelMap
    from unet_studio.project.records import Case
    from unet_studio.workbench.annotation import Annotation
    from unet_studio.workbench.palette import Palette
    from unet_studio.workbench.viewport import Viewport

    shape = (3, 24, 24)
    viewport, palette, geometry = Viewport(), Palette(), Geometry(shape)
    palette.set_classes((LabelClass(1, "One", (255, 0, 0)),))
    labels = np.zeros(shape, np.uint8)
    labels[:, 6:18, 6:18] = 1
    annotation = Annotation(
        Case(1, "case", "", "", "", shape, 0), LabelMap(geometry, labels), palette,
        states={}, proposals={}, history=History(), record=lambda _: None,
    )
    painted = 0

    class Counting(Canvas):
        def paintEvent(self, event):
            global painted
            painted += 1
            super().paintEvent(event)

    canvas = Counting(viewport, palette)
    canvas.resize(64, 64)
    canvas.set_annotation(annotation)
    viewport.open(Volume(np.zeros(shape, np.int16), geometry))
    canvas.show()
    app.processEvents()
    for _ in range(500):
        canvas.repaint()
    painted = 0
    before = sys.getrefcount(None)
    for number in range(int(sys.argv[1])):
        if number % 1000 == 0:
            viewport.go(number // 1000 % 3)
        canvas.repaint()
    lost = before - sys.getrefcount(None)
    print("lost", lost, "painted", painted)
    sys.exit(0 if lost < 100 and painted >= int(sys.argv[1]) else 1)
    """
)


@pytest.mark.slow
def test_fifty_thousand_repaints_lose_no_reference_to_none():
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PAINTING, "50000"],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_program_that_ends_with_the_canvas_open_ends_well():
    done = subprocess.run(
        [sys.executable, "-c", PAINTING, "1"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
