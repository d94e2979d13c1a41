"""What a long morning of strokes holds of the memory."""

import tracemalloc

import numpy as np

from tests.workbench.making import annotation_of, palette_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Geometry

SHAPE = (60, 256, 256)


def test_three_hundred_strokes_take_a_few_bytes_and_are_all_undone():
    palette = palette_of(radius=12.0)
    geometry = Geometry(SHAPE)
    annotation = annotation_of(geometry, palette)
    annotation._record = lambda deed: None
    view, rng = plane_view(geometry, Plane.AXIAL), np.random.default_rng(0)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(300):
        palette.choose(1 + number % 2)
        points = rng.uniform(0, 255, (3, 2))  # right across the slice: a box of 40 kB a stroke
        annotation.begin_stroke(view, number % 60, tuple(points[0]), erase=False)
        for point in points[1:]:
            annotation.extend_stroke(tuple(point))
        annotation.end_stroke()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert annotation.history.nbytes > 10e6 and held < 3e6
    for _ in range(300):
        annotation.undo()
    assert not annotation.label_map.voxels.any()
    for _ in range(300):
        annotation.redo()
    assert annotation.label_map.voxels.any() and annotation.history.redo_name is None
