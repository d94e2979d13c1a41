"""The order in which slices are predicted."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.workbench.slice_queue import SliceQueue


def test_the_slice_looked_at_comes_first_then_outward():
    assert list(SliceQueue(range(7), 3)) == [3, 2, 4, 1, 5, 0, 6]


def test_looking_elsewhere_re_orders_what_is_left():
    queue = SliceQueue(range(10), 0)
    assert [next(queue), next(queue)] == [0, 1]
    queue.focus(8)
    assert list(queue) == [8, 7, 9, 6, 5, 4, 3, 2]


@given(st.sets(st.integers(0, 30)), st.integers(-5, 40), st.lists(st.integers(0, 30)))
def test_every_slice_comes_once_however_the_eye_wanders(indices, focus, looks):
    queue, taken, looks = SliceQueue(indices, focus), [], iter(looks)
    for index in queue:
        taken.append(index)
        queue.focus(next(looks, 0))
        assert queue.taken == len(taken)
    assert sorted(taken) == sorted(indices)
    assert queue.total == len(indices)


def test_two_threads_never_take_the_same_slice():
    queue, taken = SliceQueue(range(5000), 0), [[], []]
    threads = [threading.Thread(target=lambda mine=mine: mine.extend(queue)) for mine in taken]
    for thread in threads:
        thread.start()
    for n in range(200):
        queue.focus(n)
    for thread in threads:
        thread.join()
    assert sorted(taken[0] + taken[1]) == list(range(5000))
