"""What is on the screen: slice, labels, outlines, proposal, ring and texts."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRect
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas_making import (
    GEOMETRIES,
    LEFT,
    PLAIN,
    RIGHT,
    SHAPE,
    SHIFT,
    SPLEEN,
    look_otherwise,
    make_scene,
    shown,
)
from unet_studio.gui.captions import Captions
from unet_studio.gui.colours import CanvasColours
from unet_studio.gui.inscription import Inscription
from unet_studio.gui.language import Interpreter
from unet_studio.gui.texts import proposal_text, texts_of
from unet_studio.image.plane import Plane
from unet_studio.image.slab import Slab
from unet_studio.image.volume import Geometry, Volume
from unet_studio.image.window import Window, to_grey
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.blobs import pack
from unet_studio.project.records import Proposal

BARE = Geometry(SHAPE, has_orientation=False)
BACKGROUND = CanvasColours().background


def pixel_map(scene):
    """For each device pixel the (row, column) of the slice it shows, and whether it shows any."""
    height, width = shown(scene.canvas).shape[:2]
    ratio = scene.canvas.devicePixelRatioF()
    origin, one = (scene.canvas.place_of(point) * ratio for point in ((-0.5, -0.5), (0.5, 0.5)))
    rows = np.floor((np.arange(height) + 0.5 - origin.y()) / (one.y() - origin.y())).astype(int)
    columns = np.floor((np.arange(width) + 0.5 - origin.x()) / (one.x() - origin.x())).astype(int)
    size = scene.labels.shape
    inside = np.ix_((rows >= 0) & (rows < size[0]), (columns >= 0) & (columns < size[1]))
    seen = np.zeros((height, width), bool)
    seen[inside] = True
    return np.clip(rows, 0, size[0] - 1)[:, None], np.clip(columns, 0, size[1] - 1)[None, :], seen


def without_texts(scene, seen):
    ratio = scene.canvas.devicePixelRatioF()
    for box in scene.canvas._inscription.covered:
        top, bottom = int(box.top() * ratio), int(box.bottom() * ratio) + 3
        left, right = int(box.left() * ratio), int(box.right() * ratio) + 3
        seen[top:bottom, left:right] = False
    return seen


@pytest.mark.parametrize("zoom", [1.0, 3.3, 0.7])
@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("kind", list(GEOMETRIES))
def test_each_device_pixel_shows_the_grey_of_its_pixel(qtbot, kind, plane, zoom):
    scene = make_scene(qtbot, GEOMETRIES[kind], plane=plane)
    scene.canvas.zoom_by(zoom)
    picture = shown(scene.canvas)
    rows, columns, seen = pixel_map(scene)
    view, volume = scene.viewport.view, scene.viewport.volume
    grey = to_grey(view.slice_of(volume.voxels, scene.viewport.index), scene.viewport.window)
    expected = np.where(seen[..., None], grey[rows, columns][..., None], np.array(BACKGROUND, np.uint8))
    compared = without_texts(scene, np.ones_like(seen))
    assert (picture == expected)[compared].all()
    assert (compared & seen).sum() > 5000


def test_labels_are_filled_and_outlined_in_their_colour(qtbot):
    labels = np.zeros(SHAPE, int)
    labels[:, 6:18, 8:20] = 2
    scene = make_scene(qtbot, BARE, labels=labels, voxels=np.full(SHAPE, 100, np.int16))
    scene.viewport.set_window(Window(127.5, 255))
    look_otherwise(scene.canvas, opacity=0.5)
    picture = shown(scene.canvas)
    middle, corner = scene.place(12, 14), scene.canvas.place_of((5.5, 7.5))
    assert tuple(picture[middle.y(), middle.x()]) == (50, 178, 50)
    x, y = round(corner.x()), round(corner.y())
    assert tuple(picture[y + 1, x + 40]) == SPLEEN.colour, "a line of two device pixels inside the edge"
    assert tuple(picture[y - 1, x + 40]) == (100, 100, 100)
    assert tuple(picture[y + 3, x + 40]) == (50, 178, 50)
    look_otherwise(scene.canvas, is_outlines_only=True)
    picture = shown(scene.canvas)
    assert tuple(picture[middle.y(), middle.x()]) == (100, 100, 100)
    assert tuple(picture[y + 1, x + 40]) == SPLEEN.colour
    look_otherwise(scene.canvas, are_labels_visible=False)
    assert tuple(shown(scene.canvas)[y + 1, x + 40]) == (100, 100, 100)


def test_a_hidden_class_is_not_shown_and_a_recoloured_one_at_once(qtbot):
    scene = make_scene(qtbot, BARE, labels=np.full(SHAPE, 2), voxels=np.full(SHAPE, 100, np.int16))
    look_otherwise(scene.canvas, opacity=1.0)
    place = scene.place(12, 14)
    assert tuple(shown(scene.canvas)[place.y(), place.x()]) == SPLEEN.colour
    scene.palette.change_class(LabelClass(2, "Spleen", (9, 8, 7)))
    assert tuple(shown(scene.canvas)[place.y(), place.x()]) == (9, 8, 7)
    scene.palette.change_class(LabelClass(2, "Spleen", (9, 8, 7), is_visible=False))
    assert len(set(shown(scene.canvas)[place.y(), place.x()])) == 1


def test_colour_is_shown_as_it_is_until_it_is_windowed(qtbot):
    voxels = np.zeros((*SHAPE, 3), np.uint8)
    voxels[...] = (200, 100, 50)
    scene = make_scene(qtbot)
    scene.viewport.open(Volume(voxels, BARE))
    place = scene.place(12, 14)
    assert tuple(shown(scene.canvas)[place.y(), place.x()]) == (200, 100, 50)
    scene.viewport.set_window(Window(200, 400))
    assert tuple(shown(scene.canvas)[place.y(), place.x()]) == (128, 64, 32)


def test_sixteen_bit_colour_goes_through_the_window(qtbot):
    voxels = np.zeros((*SHAPE, 3), np.uint16)
    voxels[...] = (2000, 1000, 0)
    scene = make_scene(qtbot)
    scene.viewport.open(Volume(voxels, BARE), window=Window(1000, 2000))
    place = scene.place(12, 14)
    assert tuple(shown(scene.canvas)[place.y(), place.x()]) == (255, 128, 0)


def test_smooth_differs_from_nearest_only_between_pixels(qtbot):
    scene = make_scene(qtbot, BARE)
    crisp = shown(scene.canvas)
    look_otherwise(scene.canvas, is_smooth=True)
    smooth = shown(scene.canvas)
    assert (crisp != smooth).any()
    place = scene.place(12, 14)
    assert np.abs(crisp[place.y(), place.x()].astype(int) - smooth[place.y(), place.x()]).max() <= 12


def test_a_smooth_slice_has_crisp_labels(qtbot):
    labels = np.zeros(SHAPE, int)
    labels[:, 6:18, 8:20] = 2
    scene = make_scene(qtbot, BARE, labels=labels, voxels=np.full(SHAPE, 100, np.int16))
    scene.viewport.set_window(Window(127.5, 255))
    look_otherwise(scene.canvas, opacity=0.5)
    crisp = shown(scene.canvas).astype(int)
    look_otherwise(scene.canvas, is_smooth=True)
    assert np.abs(shown(scene.canvas) - crisp).max() <= 2
    scene.drag((12, 14), (12, 16), button=RIGHT)
    place = scene.place(12, 15)
    assert tuple(shown(scene.canvas)[place.y(), place.x() + 9]) == (100, 100, 100), "a stroke reaches the fill too"


# ---- proposals


def test_a_proposal_looks_unlike_the_same_labels(qtbot):
    area = np.zeros(SHAPE[1:], np.uint8)
    area[6:18, 8:20] = 2
    labelled = make_scene(qtbot, BARE, labels=np.broadcast_to(area, SHAPE).copy())
    proposed = make_scene(qtbot, BARE, proposals={2: area})
    as_labels, as_proposal = shown(labelled.canvas), shown(proposed.canvas)
    middle, corner = labelled.place(12, 14), labelled.canvas.place_of((5.5, 7.5))
    assert (as_labels[middle.y(), middle.x()] != as_proposal[middle.y(), middle.x()]).any()
    line = slice(round(corner.x()) + 8, round(corner.x()) + 100)
    solid, dashed = as_labels[round(corner.y()) + 1, line], as_proposal[round(corner.y()) + 1, line]
    assert (solid == SPLEEN.colour).all()
    yellowish = (dashed[:, 0] > 100) & (dashed[:, 1] > 200)
    assert 0.3 < yellowish.mean() < 0.8, "dashes and gaps"
    assert not (dashed == SPLEEN.colour).all(axis=-1).any()


def test_a_proposal_appears_when_it_comes_and_goes_when_accepted(qtbot):
    scene = make_scene(qtbot, BARE, voxels=np.full(SHAPE, 100, np.int16))
    before = shown(scene.canvas)
    scene.annotation.propose([Proposal(2, np.full(SHAPE[1:], 2, np.uint8), 0.3, None)])
    proposed = shown(scene.canvas)
    assert (before != proposed).any()
    scene.annotation.accept([2])
    accepted = shown(scene.canvas)
    assert (accepted != proposed).any()
    place = scene.place(12, 14)
    assert accepted[place.y(), place.x()][1] > proposed[place.y(), place.x()][1]


def test_doubt_lies_over_a_proposal_like_a_haze_where_it_is_wished(qtbot):
    scene = make_scene(qtbot, BARE, voxels=np.full(SHAPE, 100, np.int16))
    doubt = np.zeros(SHAPE[1:], np.uint8)
    doubt[8:12, 10:14] = 128
    doubt[14:18, 10:14] = 40
    scene.annotation.propose([Proposal(2, np.zeros(SHAPE[1:], np.uint8), 0.3, None, pack(doubt))])
    plain = shown(scene.canvas)
    look_otherwise(scene.canvas, is_doubt_shown=True)
    hazy = shown(scene.canvas)
    far, unsure, less = scene.place(3, 3), scene.place(10, 12), scene.place(16, 12)
    change = [int(np.abs(hazy[p.y(), p.x()].astype(int) - plain[p.y(), p.x()]).sum()) for p in (far, unsure, less)]
    assert change[0] == 0 < change[2] < change[1]
    look_otherwise(scene.canvas, is_doubt_shown=False)
    assert (shown(scene.canvas) == plain).all()


def test_a_proposal_of_another_slice_or_plane_is_not_shown(qtbot):
    scene = make_scene(qtbot, proposals={2: np.full(SHAPE[1:], 2, np.uint8)})
    assert scene.canvas.picture.proposal is not None
    scene.viewport.step(1)
    assert scene.canvas.picture.proposal is None
    scene.viewport.step(-1)
    scene.viewport.turn(Plane.CORONAL)
    assert scene.canvas.picture.proposal is None
    shown(scene.canvas)


def test_a_proposal_for_another_slice_repaints_nothing(qtbot):
    scene = make_scene(qtbot)
    painted = Painted(scene.canvas)
    scene.annotation.propose([Proposal(4, np.full(SHAPE[1:], 2, np.uint8), 0.3, None)])
    QApplication.processEvents()
    assert painted.region.isEmpty()


# ---- repainting no more than needed, and no less


def test_what_is_written_of_a_proposal_beside_a_small_slice_goes_when_it_is_painted_over(qtbot):
    scene = make_scene(qtbot, proposals={2: np.full(SHAPE[1:], 2, np.uint8)})
    scene.canvas.zoom_by(0.37)
    painted = Painted(scene.canvas)
    captions = [QRect(box) for box in scene.canvas._inscription.covered]
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 12))
    QApplication.processEvents()
    assert scene.canvas.picture.proposal is None
    assert captions and all((QRegion(box) - painted.region).isEmpty() for box in captions)
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(10, 12))


class Painted(QObject):
    """What of a widget was painted since it began to watch."""

    def __init__(self, widget):
        super().__init__(widget)
        QApplication.processEvents()
        self.region = QRegion()
        self.largest = QRect()
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self.region += event.region()
        return False


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 2.6])
def test_every_pixel_that_a_move_changes_is_painted_again_and_few_others(qtbot, zoom, smooth):
    labels = np.random.default_rng(1).integers(0, 3, SHAPE)
    scene = make_scene(qtbot, BARE, labels=labels, radius=1.5)
    look_otherwise(scene.canvas, is_smooth=smooth)
    scene.canvas.zoom_by(zoom)
    QTest.mousePress(scene.canvas, LEFT, pos=scene.place(10, 12))
    before = shown(scene.canvas)
    painted = Painted(scene.canvas)
    QTest.mouseMove(scene.canvas, scene.place(10, 14))
    QApplication.processEvents()
    region = QRegion(painted.region)
    after = shown(scene.canvas)
    changed = (before != after).any(axis=-1)
    assert changed.any()
    ratio = scene.canvas.devicePixelRatioF()
    for y, x in np.argwhere(changed):
        assert region.contains(QRect(int(x / ratio), int(y / ratio), 1, 1)), (x, y)
    area = region.boundingRect()
    assert area.width() * area.height() < 0.6 * scene.canvas.width() * scene.canvas.height()
    QTest.mouseRelease(scene.canvas, LEFT, pos=scene.place(10, 14))


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 2.6, 0.37])
def test_parts_painted_one_by_one_fit_together(qtbot, zoom, smooth):
    labels = np.random.default_rng(1).integers(0, 3, SHAPE)
    scene = make_scene(qtbot, GEOMETRIES["flipped"], labels=labels, proposals={2: labels[0].astype(np.uint8)})
    look_otherwise(scene.canvas, is_smooth=smooth)
    scene.canvas.zoom_by(zoom, QPointF(120, 150))
    whole = shown(scene.canvas)
    ratio = scene.canvas.devicePixelRatioF()
    image = QImage(scene.canvas.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    for x in range(0, scene.canvas.width(), 52):  # whole device pixels at every ratio that is tried
        for y in range(0, scene.canvas.height(), 40):
            part = QRect(x, y, 52, 40)
            painter = QPainter(image)
            scene.canvas.render(painter, part.topLeft(), QRegion(part))
            painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1]
    apart = np.abs(pixels.astype(int) - whole).max(axis=-1)
    assert (apart > (2 if smooth else 0)).sum() == 0


def test_strokes_elsewhere_in_the_volume_leave_the_screen_alone(qtbot):
    scene = make_scene(qtbot)
    painted = Painted(scene.canvas)
    scene.annotation.replace_slice("Copy", 0, np.ones(SHAPE[1:], np.uint8))
    QApplication.processEvents()
    assert painted.region.isEmpty()


# ---- the ring


def test_the_ring_has_the_brushs_true_size_and_another_look_for_erasing(qtbot):
    scene = make_scene(qtbot, GEOMETRIES["flipped"], voxels=np.zeros(SHAPE, np.int16), radius=5.0)
    bare = shown(scene.canvas)
    scene.hover(12, 15)
    ringed = shown(scene.canvas)
    y, x = np.nonzero((ringed.max(axis=-1) > 150) & (bare.max(axis=-1) < 150))
    one = scene.canvas.place_of((1, 1)) - scene.canvas.place_of((0, 0))
    assert (x.max() - x.min()) / 2 == pytest.approx(5.0 * one.x(), abs=2), "columns are 1 mm wide"
    assert (y.max() - y.min()) / 2 == pytest.approx(5.0 / 2 * one.y(), abs=2), "rows are 2 mm high"
    QTest.mousePress(scene.canvas, RIGHT, pos=scene.place(12, 15))
    erasing = shown(scene.canvas)
    assert (erasing != ringed).any()
    QTest.mouseRelease(scene.canvas, RIGHT, pos=scene.place(12, 15))
    scene.canvas.set_tool("fill")
    assert (shown(scene.canvas) == bare).all()


def test_the_ring_follows_the_brushs_size_and_leaves_with_the_cursor(qtbot):
    scene = make_scene(qtbot, voxels=np.zeros(SHAPE, np.int16))
    bare = shown(scene.canvas)
    scene.hover(12, 15)
    small = shown(scene.canvas)
    scene.wheel(240, at=scene.place(12, 15), modifier=SHIFT)
    assert (shown(scene.canvas) != small).any()
    QApplication.sendEvent(scene.canvas, QEvent(QEvent.Type.Leave))
    assert (shown(scene.canvas) == bare).all()


# ---- texts


def test_the_corners_say_case_size_slice_window_and_zoom(qtbot):
    scene = make_scene(qtbot)
    texts = texts_of(scene.viewport, name="Case seven", zoom="5.0×", has_proposal=True)
    assert texts.top_left == ("Case seven", "30 × 24 × 5 · 1 × 1 × 4 mm")
    assert texts.top_right[0] == "Slice 3 / 5"
    assert texts.top_right[1].endswith("· 5.0×") and texts.top_right[1].startswith("W ")
    assert texts.bottom_left == "- - proposal · Enter accepts, paint takes over"
    assert texts.letters == ("R", "L", "A", "P")
    scene.viewport.turn(Plane.SAGITTAL)
    assert texts_of(scene.viewport, name="", zoom="", has_proposal=False).letters == ("A", "P", "S", "I")
    assert texts_of(scene.viewport, name="", zoom="", has_proposal=False).top_left[0] == ""


def test_letters_follow_the_flips_so_that_right_is_always_on_the_left(qtbot):
    for geometry in GEOMETRIES.values():
        scene = make_scene(qtbot, geometry, plane=Plane.AXIAL)
        assert texts_of(scene.viewport, name="", zoom="", has_proposal=False).letters == ("R", "L", "A", "P")


def test_a_picture_has_no_letters_and_no_mm(qtbot):
    scene = make_scene(qtbot)
    scene.viewport.open(Volume(np.zeros(SHAPE, np.uint8), Geometry(SHAPE, has_spacing=False, has_orientation=False)))
    texts = texts_of(scene.viewport, name="", zoom="", has_proposal=False)
    assert texts.letters == ("", "", "", "") and texts.top_left[1] == "30 × 24 × 5"


def test_texts_lie_inside_the_canvas_and_apart_from_each_other_even_when_it_is_small(qtbot):
    scene = make_scene(qtbot, size=(300, 220))
    scene.viewport.open(
        Volume(np.zeros(SHAPE, np.int16), PLAIN, "A very long name of a scan that nobody would read to its end")
    )
    scene.canvas.set_annotation(None)
    shown(scene.canvas)
    boxes = [box for box in scene.canvas._inscription.covered if not box.isNull()]
    assert len(boxes) == 7  # all but the size of the volume, for which a canvas this small has no room
    for number, box in enumerate(boxes):
        assert scene.canvas.rect().contains(box)
        inner = box.adjusted(4, 4, -4, -4)
        assert not any(inner.intersects(other.adjusted(4, 4, -4, -4)) for other in boxes[number + 1 :])


@pytest.mark.parametrize("width", [560, 1200])
def test_what_is_said_of_a_proposal_is_whole_and_apart_from_the_other_texts(qtbot, width):
    scene = make_scene(qtbot, size=(width, 300))
    scene.viewport.go(2)
    scene.annotation.propose([Proposal(2, np.full(SHAPE[1:], 2, np.uint8), 0.3, None)])
    shown(scene.canvas)
    boxes = [box for box in scene.canvas._inscription.covered if not box.isNull()]
    lowest = [box for box in boxes if box.left() < width // 4 and box.top() > 200]
    assert len(lowest) == 1
    assert lowest[0].width() >= QFontMetrics(scene.canvas.font()).horizontalAdvance(proposal_text())
    inner = [box.adjusted(4, 4, -4, -4) for box in boxes]
    assert not any(one.intersects(other) for n, one in enumerate(inner) for other in inner[n + 1 :])


def test_captions_are_readable_on_white_as_on_black(qtbot):
    scene = make_scene(qtbot)
    for ground in (0, 255):
        image = QImage(120, 40, QImage.Format.Format_RGB32)
        image.fill(QColor(ground, ground, ground))
        painter = QPainter(image)
        box = Captions().draw(
            painter,
            QRect(10, 8, 1, 1).topLeft(),
            "Slice 7",
            colour=QColor(231, 234, 239),
            font=scene.canvas.font(),
            align=0.0,
        )
        painter.end()
        area = np.frombuffer(image.constBits(), np.uint8).reshape(40, 120, 4)[
            box.top() : box.bottom(), box.left() : box.right(), 0
        ]
        assert area.max() >= 225 and area.min() <= 110


def test_captions_are_kept_and_not_drawn_anew(qtbot):
    scene = make_scene(qtbot)
    shown(scene.canvas)
    kept = dict(scene.canvas._inscription.captions._images)
    shown(scene.canvas)
    assert scene.canvas._inscription.captions._images == kept
    for index in range(200):
        scene.viewport.set_window(Window(index, 100))
        scene.canvas.repaint()
    assert len(scene.canvas._inscription.captions._images) <= 64


def test_texts_that_were_laid_out_before_are_those_that_would_be_now(qtbot):
    scene = make_scene(qtbot, PLAIN, proposals={3: np.full(SHAPE[1:], 2, np.uint8)}, size=(700, 360))
    canvas, viewport, speaker = scene.canvas, scene.viewport, Interpreter()
    steps = {
        "next slice": lambda: viewport.step(1),
        "window": lambda: viewport.set_window(Window(90, 60)),
        "zoom": lambda: canvas.zoom_by(1.5),
        "language": lambda: speaker.speak("zh_CN"),
        "slab": lambda: viewport.set_slab(Slab("max", 9.0)),
        "colours": lambda: canvas.set_colours(CanvasColours(text_dim=(255, 0, 0))),
        "hidden name": lambda: look_otherwise(canvas, is_name_hidden=True),
        "narrower": lambda: canvas.resize(430, 360),
        "one of several": lambda: setattr(canvas, "is_beside", True),
        "another plane": lambda: viewport.turn(Plane.CORONAL),
        "another scan": lambda: viewport.open(Volume(np.zeros(SHAPE, np.uint8), BARE)),
    }
    last = shown(canvas)
    try:
        for name, step in steps.items():
            step()
            now = shown(canvas)
            assert now.shape != last.shape or (now != last).any(), f"{name} is to be seen"
            canvas._inscription = Inscription(canvas.surface, canvas.picture)
            assert (shown(canvas) == now).all(), name
            last = now
    finally:
        speaker.silence()


def test_the_canvas_has_names_for_tests_and_screen_readers(qtbot):
    scene = make_scene(qtbot)
    assert scene.canvas.objectName() == "canvas" and scene.canvas.accessibleName()
    scene.canvas.set_colours(CanvasColours(background=(200, 0, 0)))
    assert tuple(shown(scene.canvas)[2, 2]) == (200, 0, 0)
