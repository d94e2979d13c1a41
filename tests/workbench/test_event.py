"""Events and who hears them."""

import pytest

from unet_studio.workbench.event import Event


def test_listeners_hear_in_the_order_they_came_until_they_leave():
    event, heard = Event(), []
    event.connect(lambda n: heard.append(("first", n)))
    second = lambda n: heard.append(("second", n))  # noqa: E731
    event.connect(second)
    event(1)
    event.disconnect(second)
    event(2)
    assert heard == [("first", 1), ("second", 1), ("first", 2)]


def test_a_listener_that_raises_keeps_none_from_hearing_and_its_error_rises():
    event, heard = Event(), []

    def fails():
        raise ValueError("mine")

    event.connect(fails)
    event.connect(lambda: heard.append(1))
    with pytest.raises(ValueError, match="mine"):
        event()
    assert heard == [1]


def test_a_listener_may_leave_and_another_come_while_it_is_told():
    event, heard = Event(), []

    def once():
        heard.append("once")
        event.disconnect(once)
        event.connect(lambda: heard.append("later"))

    event.connect(once)
    event()
    event()
    assert heard == ["once", "later"]
