"""Outlines along edges whose points can still be moved."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from unet_studio.labels.live_wire import Wire, edge_cost
from unet_studio.labels.wired_outline import WiredOutline

SIZE = (20, 30)
points = st.tuples(st.floats(-4, 24), st.floats(-4, 34))
verbs = st.one_of(
    st.tuples(st.just("add"), points), st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("carry"), st.integers(0, 9), st.lists(points, min_size=1, max_size=3)),
)  # fmt: skip


def cost(seed: int) -> np.ndarray:
    return edge_cost(np.random.default_rng(seed).integers(0, 255, SIZE))


@settings(max_examples=80, deadline=None)
@given(st.lists(verbs, max_size=10), st.integers(0, 3), points)
def test_whatever_is_added_moved_or_removed_the_line_goes_through_all_points_without_gaps(sequence, seed, further):
    outline, expected = WiredOutline(cost(seed)), []
    for name, *with_ in sequence:
        if name == "add":
            outline.add(with_[0])
            expected.append(Wire(cost(seed), with_[0]).start)
        elif with_[0] < len(expected):
            if name == "remove":
                outline.remove(with_[0])
                expected.pop(with_[0])
            else:
                outline.hold(with_[0])
                for point in with_[1]:
                    outline.carry(point)
                expected[with_[0]] = Wire(cost(seed), with_[1][-1]).start
    assert outline.points == expected
    line = [*outline.line, *outline.ahead(further)]
    assert bool(line) == bool(expected)
    steps = np.abs(np.diff(np.array(line).reshape(-1, 2), axis=0))
    assert (steps <= 1).all()
    at = -1
    for point in expected:  # in their order
        at = next(n for n in range(max(at, 0), len(line)) if line[n] == point)
    if expected:
        ring = outline.ring
        assert ring[0] == ring[-1] == expected[0]


@given(st.lists(points, min_size=2, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_a_point_moved_away_and_back_costs_what_it_cost(where, data):
    price = cost(1)

    def dear(outline) -> float:
        pixels = [(int(r), int(c)) for r, c in outline.line]
        return sum(
            float(price[a] + price[b]) / 2 * float(np.hypot(a[0] - b[0], a[1] - b[1])) for a, b in pairwise(pixels)
        )

    outline = WiredOutline(price)
    for point in where:
        outline.add(point)
    before, number = dear(outline), data.draw(st.integers(0, len(where) - 1))
    there = outline.points[number]
    outline.hold(number)
    outline.carry(data.draw(points))
    outline.carry(there)
    assert abs(dear(outline) - before) < 1e-3
