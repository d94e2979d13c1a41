"""Jobs and the lanes they wait in."""

import threading

import pytest

from unet_studio.progress import Progress
from unet_studio.workbench.jobs import Job, Lane


class Ends:
    """What a job told, in order."""

    def __init__(self) -> None:
        self.heard: list = []
        self.threads: set[str] = set()

    def job(self, steps, name="work") -> Job:
        def hear(what):
            def listener(*value):
                self.threads.add(threading.current_thread().name)
                self.heard.append((what, *value))

            return listener

        return Job(
            name,
            steps,
            done=hear("done"),
            failed=hear("failed"),
            progressed=hear("progress"),
            cancelled=hear("cancelled"),
        )

    @property
    def ends(self) -> list[str]:
        return [what for what, *_ in self.heard if what != "progress"]


@pytest.fixture
def lane(mailbox):
    lane = Lane("opening", mailbox.post)
    yield lane
    lane.close()


class Gate:
    """A generator that reports once and then waits to be let through."""

    def __init__(self) -> None:
        self.begun, self.may_go = threading.Event(), threading.Event()
        self.closed = False

    def steps(self):
        try:
            yield Progress(0.0, "at the gate")
            self.begun.set()
            assert self.may_go.wait(20)
            yield Progress(0.5, "through")
            return "result"
        finally:
            self.closed = True


def test_reports_come_before_the_result_and_all_in_the_owners_thread(mailbox, lane):
    def steps():
        yield Progress(0.1, "a")
        yield Progress(0.9, "b")
        return 7

    ends = Ends()
    lane.submit(ends.job(steps))
    mailbox.wait_for(lambda: ends.ends)
    assert ends.heard == [("progress", Progress(0.1, "a")), ("progress", Progress(0.9, "b")), ("done", 7)]
    assert ends.threads == {threading.current_thread().name}


@pytest.mark.parametrize("after", [0, 2])
def test_an_error_reaches_failed_and_the_lane_goes_on(mailbox, lane, after):
    def steps():
        for _ in range(after):
            yield Progress()
        raise ValueError("broken")
        yield

    first, second = Ends(), Ends()
    lane.submit(first.job(steps))
    lane.submit(second.job(lambda: iter(())))
    mailbox.wait_for(lambda: first.ends and second.ends)
    assert first.ends == ["failed"]
    assert str(first.heard[-1][1]) == "broken"


def test_cancelling_stops_at_the_next_report_and_closes_the_generator(mailbox, lane):
    gate, ends = Gate(), Ends()
    job = lane.submit(ends.job(gate.steps))
    assert gate.begun.wait(20)
    mailbox.drain()
    job.cancel()
    gate.may_go.set()
    mailbox.wait_for(lambda: ends.ends)
    assert ends.ends == ["cancelled"]
    assert gate.closed
    assert ends.heard[:-1] == [("progress", Progress(0.0, "at the gate"))]


def test_a_result_that_was_on_its_way_when_the_job_was_cancelled_is_not_told(mailbox, lane):
    ends, done = Ends(), threading.Event()

    def steps():
        yield Progress()
        return 1

    job = lane.submit(ends.job(steps))
    lane.submit(Job("after", lambda: iter(()), done=lambda _: done.set(), failed=lambda _: None))
    while not lane._queue.empty() or lane._waiting:
        lane._thread.join(0.01)
    job.cancel()
    mailbox.wait_for(done.is_set)
    assert ends.heard == [("cancelled",)]


def test_a_job_cancelled_while_it_waits_never_begins(mailbox, lane):
    gate, first, second, begun = Gate(), Ends(), Ends(), []

    def steps():
        begun.append(1)
        yield Progress()

    lane.submit(first.job(gate.steps))
    assert gate.begun.wait(20)
    lane.submit(second.job(steps)).cancel()
    gate.may_go.set()
    mailbox.wait_for(lambda: second.ends)
    assert (first.ends, second.ends, begun) == (["done"], ["cancelled"], [])


def test_a_generator_that_fails_to_tidy_up_does_not_stop_the_lane(mailbox, lane, caplog):
    begun = threading.Event()

    def steps():
        try:
            while True:
                begun.set()
                yield Progress()
        finally:
            raise OSError("untidy")

    first, second = Ends(), Ends()
    job = lane.submit(first.job(steps))
    assert begun.wait(20)
    job.cancel()
    lane.submit(second.job(lambda: iter(())))
    mailbox.wait_for(lambda: second.ends)
    assert first.ends == ["cancelled"]
    assert "untidy" in caplog.text


def test_closing_cancels_what_runs_and_waits_and_the_thread_is_gone(mailbox):
    lane, gate, first, second = Lane("opening", mailbox.post), Gate(), Ends(), Ends()
    lane.submit(first.job(gate.steps))
    lane.submit(second.job(lambda: iter(())))
    assert gate.begun.wait(20)
    lane.cancel_all()
    gate.may_go.set()
    assert lane.close()
    assert gate.closed
    mailbox.wait_for(lambda: first.ends and second.ends)
    assert (first.ends, second.ends) == (["cancelled"], ["cancelled"])


def test_closing_without_cancelling_does_all_the_work_first(mailbox):
    lane, done = Lane("saving", mailbox.post), []
    for n in range(20):

        def steps(n=n):
            done.append(n)
            yield Progress()

        lane.submit(Job("n", steps, done=lambda _: None, failed=lambda _: None))
    assert lane.close(cancel=False)
    assert done == list(range(20))


def test_closing_tells_when_the_work_did_not_end_in_time(mailbox):
    lane, gate, ends = Lane("opening", mailbox.post), Gate(), Ends()
    lane.submit(ends.job(gate.steps))
    assert gate.begun.wait(20)
    assert not lane.close(timeout_s=0.01)
    gate.may_go.set()
    assert lane.close()


def test_a_job_that_comes_after_closing_is_cancelled_in_words_not_in_silence(mailbox):
    lane, ends = Lane("opening", mailbox.post), Ends()
    lane.close()
    lane.submit(ends.job(lambda: iter(())))
    mailbox.wait_for(lambda: ends.ends)
    assert ends.ends == ["cancelled"]
