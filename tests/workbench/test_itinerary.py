"""The way leads on to another case when one is done, and back to a slice that is asked for by name."""

import pytest

from tests.workbench.making import write_scan
from tests.workbench.test_workbench import Room


@pytest.fixture
def room(disk, mailbox):
    """A project with two scans, the first on the screen."""
    room = Room(disk, mailbox)
    room.make()
    room.add(write_scan(disk / "first.nii.gz"))
    room.add(write_scan(disk / "second.nii.gz", seed=1))
    show(room, "first")
    yield room
    room.bench.close()


def show(room: Room, name: str) -> None:
    case = next(c for c in room.project.worklist.cases if c.name == name)
    room.project.worklist.open(case)
    arrived(room, name)


def arrived(room: Room, name: str) -> None:
    room.mailbox.wait_for(lambda: room.annotation is not None and room.annotation.case.name == name)


def test_when_every_slice_is_reviewed_the_next_case_is_opened(room):
    for index in range(6):
        room.annotation.review(index)
    room.bench.go_next()
    arrived(room, "second")
    assert room.told[-1] == "On to second: not looked at yet."
    for index in range(6):
        room.annotation.review(index)
    room.bench.go_next()
    assert room.told[-1] == "Every slice of this case is reviewed."
    assert room.annotation.case.name == "second"


def test_a_case_left_with_doubts_is_gone_back_to_at_its_least_sure_slice(room):
    room.checkpoint()
    room.predict()
    show(room, "second")
    for index in range(6):
        room.annotation.review(index)
    room.bench.go_next()
    arrived(room, "first")
    assert room.bench.viewport.index == 5
    assert "50%" in room.told[-1]


def test_a_case_is_not_left_while_the_slice_on_the_screen_is_its_last_and_unsure(room):
    room.checkpoint()
    room.predict()
    show(room, "second")
    room.predict()
    for index in range(5):
        room.annotation.review(index)
    room.bench.viewport.go(5)
    room.bench.go_next()
    assert room.annotation.case.name == "second"
    assert room.bench.viewport.index == 5
    room.annotation.review(5)
    room.bench.go_next()
    arrived(room, "first")


def test_a_case_in_work_is_not_left_for_another(room):
    room.checkpoint()
    room.predict()
    show(room, "second")
    room.annotation.review(0)
    room.bench.go_next()
    assert room.annotation.case.name == "second"


def test_what_is_known_of_other_cases_survives_closing_the_project(room):
    room.checkpoint()
    room.predict()
    show(room, "second")
    room.saved()
    room.bench.close_project()
    room.open()
    arrived(room, "second")
    for index in range(6):
        room.annotation.review(index)
    room.bench.go_next()
    arrived(room, "first")
    assert room.bench.viewport.index == 5


def test_a_slice_can_be_gone_to_in_any_case(room):
    second = next(c for c in room.project.worklist.cases if c.name == "second")
    room.bench.go_to(second.id, 4)
    arrived(room, "second")
    assert room.bench.viewport.index == 4
    room.bench.go_to(second.id, 1)
    assert room.bench.viewport.index == 1
    room.bench.go_to(99, 1)
    assert room.told[-1] == "That case is no longer in this project."
