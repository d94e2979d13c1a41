"""Slow work of which only the last request counts."""

import threading

import pytest

from unet_studio.progress import Progress, finish, part
from unet_studio.workbench.latest import Latest


@pytest.fixture
def seconds():
    return [0.0]


@pytest.fixture
def latest(mailbox, seconds):
    latest = Latest("latest", mailbox.post, clock=lambda: seconds[0])
    yield latest
    latest.close()
    assert all(t.name != "latest" for t in threading.enumerate())


def counting(result):
    yield Progress(0.5)
    return result


def test_only_the_last_request_is_told_of(latest, mailbox):
    heard, gate = [], threading.Event()

    def waiting():
        yield Progress(0.1)
        assert gate.wait(20)
        return "first"

    latest.ask(waiting, done=heard.append, progressed=lambda _: None)
    latest.ask(lambda: counting("second"), done=heard.append, progressed=lambda _: None)
    assert latest.is_busy
    gate.set()
    mailbox.wait_for(lambda: not latest.is_busy)
    mailbox.drain()
    assert heard == ["second"]


def test_what_is_left_goes_by_the_time_taken_so_far(latest, mailbox, seconds):
    reports, gate = [], threading.Event()

    def slow():
        yield Progress(0.01)
        yield Progress(0.25)
        assert gate.wait(20)
        return None

    assert latest.seconds_left is None
    latest.ask(slow, done=reports.append, progressed=reports.append)
    seconds[0] = 3.0
    mailbox.wait_for(lambda: len(reports) == 1)
    assert latest.seconds_left is None  # a hundredth tells nothing
    mailbox.wait_for(lambda: len(reports) == 2)
    assert latest.seconds_left == pytest.approx(9.0)
    gate.set()
    mailbox.wait_for(lambda: not latest.is_busy)
    assert latest.seconds_left is None


def test_after_a_cancel_nothing_is_told(latest, mailbox):
    heard = []
    latest.ask(lambda: counting(1), done=heard.append, progressed=heard.append)
    latest.cancel()
    latest.close()
    mailbox.drain()
    assert not heard and not latest.is_busy


def test_a_fault_in_the_work_rises_in_the_owners_thread(latest, mailbox):
    def faulty():
        yield Progress(0.0)
        raise ZeroDivisionError

    latest.ask(faulty, done=lambda _: None, progressed=lambda _: None)
    with pytest.raises(ZeroDivisionError):
        mailbox.wait_for(lambda: not latest.is_busy)
    assert not latest.is_busy


def test_a_part_of_longer_work_reports_its_share_and_gives_its_result():
    steps = part(counting("done"), 0.5, 1.0)
    assert next(steps).fraction == 0.75
    assert finish(part(counting("done"), 0.5, 1.0)) == "done"
