import io
import json

import pytest

from unet_studio.cli.output import Output
from unet_studio.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def told(clock, *, as_json=False, err=None):
    out, err = io.StringIO(), err or io.StringIO()
    return Output(as_json=as_json, out=out, err=err, clock=clock), out, err


def test_json_has_one_object_a_line_and_the_result_last(clock):
    output, out, err = told(clock, as_json=True)
    output.progress(0.5, "Half")
    output.say("for people only")
    output.warn("Look here.")
    output.result({"mean_dice": 0.9})
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line.get("event") for line in lines] == ["progress", "warning", None]
    assert lines[0] == {"event": "progress", "fraction": 0.5, "message": "Half"}
    assert lines[-1] == {"mean_dice": 0.9} and err.getvalue() == ""


def test_text_has_no_json_and_no_bar_where_no_terminal_is(clock):
    output, out, err = told(clock)
    output.progress(0.5, "Half")
    output.say("Written: a.nii.gz")
    output.result({"path": "a.nii.gz"})
    assert out.getvalue() == "Written: a.nii.gz\n" and err.getvalue() == ""


def test_a_terminal_gets_a_bar_that_is_gone_before_text(clock):
    output, out, err = told(clock, err=Terminal())
    output.progress(0.5, "Half")
    assert "━" * 12 + "╌" * 12 in err.getvalue() and " 50% Half" in err.getvalue()
    output.say("Done")
    assert err.getvalue().endswith("\r") and out.getvalue() == "Done\n"


def test_a_shorter_message_leaves_nothing_of_the_longer_one(clock):
    output, _, err = told(clock, err=Terminal())
    output.progress(None, "A long message")
    clock.now = 1
    output.progress(None, "Short")
    last = err.getvalue().rpartition("\r")[2]
    assert last.rstrip().endswith("Short") and len(last) == len(err.getvalue().split("\r")[1])


def test_progress_within_a_fifth_of_a_second_is_told_once_but_for_the_end(clock):
    output, out, _ = told(clock, as_json=True)
    for step in range(10):
        output.progress(step / 10, "Working")
    output.progress(1.0, "Working")
    assert [json.loads(line)["fraction"] for line in out.getvalue().splitlines()] == [0.0, 1.0]


def test_figures_are_always_told(clock):
    output, out, _ = told(clock, as_json=True)
    for step in range(3):
        output.progress(step / 10, "Learning", step=step)
    assert [json.loads(line)["step"] for line in out.getvalue().splitlines()] == [0, 1, 2]


def test_following_slow_work_gives_its_result_and_its_share_of_the_whole(clock):
    output, out, _ = told(clock, as_json=True)

    def work():
        yield Progress(0.0, "Reading")
        clock.now += 1
        yield Progress(0.5, "Reading")
        clock.now += 1
        yield Progress(None, "Reading")
        return 42

    assert output.follow(work(), start=0.2, share=0.4) == 42
    assert [json.loads(line)["fraction"] for line in out.getvalue().splitlines()] == [0.2, 0.4, None]


def test_work_that_fails_is_closed(clock):
    output, _, _ = told(clock)
    closed = []

    def work():
        try:
            yield Progress()
            raise ValueError
        finally:
            closed.append(True)

    with pytest.raises(ValueError):
        output.follow(work())
    assert closed == [True]


def test_a_failure_is_one_line_whatever_its_sentence_holds(clock):
    output, _, err = told(clock)
    output.fail("The file\nis  damaged.")
    assert err.getvalue() == "The file is damaged.\n"


def test_what_is_not_a_number_never_reaches_a_program(clock):
    output, _, _ = told(clock, as_json=True)
    with pytest.raises(ValueError):
        output.result({"mean_dice": float("nan")})
