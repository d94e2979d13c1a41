"""Two fingers on the slice, as a touch screen reports them."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.gui.canvas_making import LEFT, make_scene

LEFT_FINGER, RIGHT_FINGER = QPoint(150, 150), QPoint(250, 150)


def touch(scene, left: QPoint, right: QPoint) -> None:
    """Two fingers go down and move in five steps by ``left`` and ``right`` each, then lift."""
    canvas, device = scene.canvas, QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, LEFT_FINGER, canvas).press(1, RIGHT_FINGER, canvas).commit()
    for step in range(1, 6):
        places = LEFT_FINGER + left * step, RIGHT_FINGER + right * step
        QTest.touchEvent(canvas, device).move(0, places[0], canvas).move(1, places[1], canvas).commit()
    QTest.touchEvent(canvas, device).release(0, places[0], canvas).release(1, places[1], canvas).commit()


def test_two_fingers_move_the_slice_and_draw_nothing(qtbot):
    scene = make_scene(qtbot)
    scene.canvas.zoom_by(2.0)
    zoom, before = scene.canvas.zoom_text, scene.canvas.place_of((12, 15))
    touch(scene, QPoint(10, 6), QPoint(10, 6))
    moved = scene.canvas.place_of((12, 15)) - before
    assert 40 <= moved.x() <= 50 and 24 <= moved.y() <= 30 and scene.canvas.zoom_text == zoom
    assert scene.deeds == [] and not scene.labels.any()


def test_two_fingers_that_part_enlarge_the_slice(qtbot):
    scene = make_scene(qtbot)
    zoom = float(scene.canvas.zoom_text[:-1])
    touch(scene, QPoint(-8, 0), QPoint(8, 0))
    assert float(scene.canvas.zoom_text[:-1]) > 1.5 * zoom and scene.deeds == []


def test_the_second_finger_drops_what_the_first_had_begun_to_draw(qtbot):
    scene = make_scene(qtbot)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(12, 12))
    assert scene.labels.any()
    touch(scene, QPoint(10, 6), QPoint(10, 6))
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(12, 12))
    assert not scene.labels.any() and scene.deeds == []
