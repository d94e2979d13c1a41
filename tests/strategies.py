"""What hypothesis draws from: geometries in every orientation, rotations, label arrays."""

from itertools import permutations, product

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial.transform import Rotation

from unet_studio.image.volume import Geometry

_UNITS = np.eye(3)

# The 48 ways in which three array axes can run along the patient's: six orders, each axis either way.
ORIENTATIONS = tuple(
    tuple(tuple(float(v) for v in sign * _UNITS[a]) for a, sign in zip(order, signs, strict=True))
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
)

spacings = st.sampled_from([0.3, 0.5, 0.9375, 1.0, 1.5, 3.0, 5.0])


def shapes(most: int = 6) -> st.SearchStrategy[tuple[int, int, int]]:
    return st.tuples(*[st.integers(1, most)] * 3)


@st.composite
def rotations(draw: st.DrawFn) -> np.ndarray:
    turns = [draw(st.floats(-180, 180)) for _ in range(3)]
    return Rotation.from_euler("zyx", turns, degrees=True).as_matrix()


@st.composite
def geometries(draw: st.DrawFn, *, oblique: bool = False, most: int = 6) -> Geometry:
    axes = np.array(draw(st.sampled_from(ORIENTATIONS)))
    if oblique:
        axes = axes @ draw(rotations()).T
    return Geometry(
        draw(shapes(most)),
        spacing_mm=tuple(draw(spacings) for _ in range(3)),
        origin_mm=tuple(draw(st.integers(-500, 500)) / 4 for _ in range(3)),
        axes=tuple(tuple(float(v) for v in axis) for axis in axes),
    )


def labels(shape, *, most: int = 3) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.uint8, shape, elements=st.integers(0, most))


def masks(shape) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.bool_, shape)
