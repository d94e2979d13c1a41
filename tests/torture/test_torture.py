"""The program killed at random moments: a few in each run of the suite; ``python -m tests.torture.run N`` for more."""

import os

import pytest

from tests.torture.checking import Notes, check, digest, read_notes
from tests.torture.run import Torture, torture
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store

KILLS = int(os.environ.get("TORTURE_KILLS", "5"))

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9")


@pytest.mark.slow
@pytest.mark.timeout(60 * KILLS)
def test_killed_at_any_moment_the_program_has_lost_nothing():
    report = torture(KILLS, seed=20)
    assert report.losses == []
    assert report.kills == KILLS and report.told > 0, report


@pytest.fixture
def work(tmp_path):
    return Torture(tmp_path, 1)


def nothing_drawn(work):
    with Store.open(work.project) as store:
        return {c.id: digest(store.labels(c), store.states(c.id)) for c in store.cases()}


@pytest.mark.parametrize(
    ("drawn_s", "told", "is_loss"),
    [(10.0, 1, True), (8.9, 0, True), (9.5, 0, False)],
    ids=["told", "drawn long before", "drawn just before"],
)
def test_the_check_finds_a_stroke_that_is_missing(work, drawn_s, told, is_loss):
    before = nothing_drawn(work)
    notes = Notes({1: before[1]}, {1: [(drawn_s, 1, "f" * 16)]}, told, 0, ())
    if is_loss:
        with pytest.raises(AssertionError, match="must be"):
            check(work.project, notes, before, ended_s=10.0)
    else:
        assert check(work.project, notes, before, ended_s=10.0) == before


def test_the_check_finds_half_a_checkpoint_and_a_case_that_opened_as_something_else(work):
    before = nothing_drawn(work)
    with pytest.raises(AssertionError, match="opened as something else"):
        check(work.project, Notes({1: "0" * 16}, {}, 0, 0, ()), before, ended_s=10.0)
    with pytest.raises(AssertionError, match="failed"):
        check(work.project, Notes({}, {}, 0, 0, ("9.0 failed the disk is full",)), before, ended_s=10.0)


def test_notes_are_read_as_they_were_written(tmp_path):
    (tmp_path / "notes").write_text("1.0 opened 1 aa\n2.0 drew 1 bb 1\n2.1 drew 2 cc 2\n2.2 saved 1\n3.0 trained\n")
    notes = read_notes(tmp_path / "notes")
    assert notes == Notes({1: "aa"}, {1: [(2.0, 1, "bb")], 2: [(2.1, 2, "cc")]}, 1, 1, ())
    assert read_notes(tmp_path / "none") == Notes({}, {}, 0, 0, ())


def test_predictions_are_no_work_of_a_person(work):
    with Store.open(work.project) as store:
        (case, _) = store.cases()
        labels = store.labels(case)
    assert digest(labels, {1: SliceState.PREDICTED}) == digest(labels, {})
    assert digest(labels, {1: SliceState.REVIEWED}) != digest(labels, {})
