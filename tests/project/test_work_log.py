"""Who worked on a case, slice by slice, and for how long."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.workbench.making import add_case, ball_of, new_store, write_scan
from unet_studio.errors import ProjectDamaged
from unet_studio.project.records import SliceState
from unet_studio.project.work_log import seconds_of
from unet_studio.workbench.sample import record_review

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gaps_s", "seconds"),
    [([], 10), ([60], 70), ([60, 299], 369), ([60, 301, 30], 110), ([3600 * 24], 20)],
)
def test_pauses_of_more_than_five_minutes_are_no_work(gaps_s: list[int], seconds: float) -> None:
    times = [NOON]
    for gap in gaps_s:
        times.append(times[-1] + timedelta(seconds=gap))
    assert seconds_of(reversed(times)) == seconds
    assert seconds_of([]) == 0


def test_each_slice_tells_who_reviewed_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("unet_studio.project.journal.user_name", lambda: "Ada")
    with new_store(tmp_path) as store:
        case, volume = add_case(store, write_scan(tmp_path / "scan.nii.gz"))
        record_review(store, case, 2, ball_of(volume))
        monkeypatch.setattr("unet_studio.project.journal.user_name", lambda: "Grace")
        record_review(store, case, 4, ball_of(volume))
        record_review(store, case, 2, np.zeros_like(ball_of(volume)))
        work = store.work_on(case)
        assert work.actions == 3
        assert work.authors == ("Ada", "Grace")
        assert [(s.index, s.state, s.author, s.reviewer, s.actions) for s in work.slices] == [
            (2, SliceState.REVIEWED, "Grace", "Grace", 2), (4, SliceState.REVIEWED, "Grace", "Grace", 1)
        ]  # fmt: skip
        assert 0 < work.seconds < 60


def test_a_case_nobody_touched_has_no_work(tmp_path) -> None:
    with new_store(tmp_path) as store:
        case, _ = add_case(store, write_scan(tmp_path / "scan.nii.gz"))
        work = store.work_on(case)
        assert (work.slices, work.actions, work.authors, work.seconds) == ((), 0, (), 0.0)


def test_a_row_that_makes_no_sense_is_told_as_damage(tmp_path) -> None:
    with new_store(tmp_path) as store:
        case, volume = add_case(store, write_scan(tmp_path / "scan.nii.gz"))
        record_review(store, case, 2, ball_of(volume))
        with store._database.transaction() as rows:
            rows.execute("UPDATE journal SET states = 'nonsense'")
        with pytest.raises(ProjectDamaged, match="a row of the journal"):
            store.work_on(case)
