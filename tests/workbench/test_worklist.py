"""Adding scans, opening cases, and what happens when a file is not what it was."""

import threading

import pytest

from tests.workbench.making import add_case, new_store, source_of, write_scan
from unet_studio.files.sources import Source
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.volume import Geometry, Volume
from unet_studio.progress import Progress
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store
from unet_studio.workbench import ahead as read_ahead_module
from unet_studio.workbench import worklist as worklist_module
from unet_studio.workbench.jobs import Job, Lane
from unet_studio.workbench.remembered import remembered
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.worklist import Worklist


class Desk:
    """A worklist with all that it told."""

    def __init__(self, store: Store, mailbox, *, room_ahead: int = 0) -> None:
        self.store, self.mailbox = store, mailbox
        self.saving = Saving(store, mailbox.post)
        self.lanes = [Lane("cases", mailbox.post), Lane("opening", mailbox.post)]
        found = remembered(store)
        self.list = Worklist(
            found.cases, found.states, self.saving,
            opening=self.lanes[0], adding=self.lanes[1], room_ahead=lambda: room_ahead,
        )  # fmt: skip
        self.opened, self.told, self.progress, self.removed, self.previews = [], [], [], [], []
        self.list.previewed.connect(self.previews.append)
        self.list.opened.connect(self.opened.append)
        self.list.told.connect(self.told.append)
        self.list.removed.connect(self.removed.append)
        self.list.opening_changed.connect(lambda: self.progress.append(self.list.opening))

    @property
    def names(self) -> list[str]:
        return [case.name for case in self.list.cases]

    def wait(self) -> None:
        """Until nothing is under way."""
        done = []
        self.mailbox.wait_for(lambda: self.list.opening is None)
        self.saving.attempt(lambda store: 1, done=done.append, failed=done.append)
        self.mailbox.wait_for(lambda: done)
        self.mailbox.wait_for(lambda: self.saving.pending == 0)
        self.saving.attempt(lambda store: 1, done=done.append, failed=done.append)
        self.mailbox.wait_for(lambda: len(done) == 2)

    def wait_for_lane(self) -> None:
        """Until nothing is read ahead any more."""
        done = []

        def nothing():
            yield Progress()

        self.lanes[0].submit(Job("nothing", nothing, done=done.append, failed=done.append))
        self.mailbox.wait_for(lambda: done)

    def close(self) -> None:
        for lane in self.lanes:
            lane.close()
        self.saving.close()


@pytest.fixture
def desk(disk, mailbox):
    desk = Desk(new_store(disk), mailbox)
    yield desk
    desk.close()


@pytest.fixture
def scans(disk):
    return [write_scan(disk / "scans" / f"case{n}.nii.gz", seed=n) for n in range(3)]


class Slowly:
    """Reading that waits at the gate of each path."""

    def __init__(self, monkeypatch) -> None:
        self.gates: dict[str, threading.Event] = {}
        self.begun: dict[str, threading.Event] = {}
        real = worklist_module.reading

        def reading(path, choice=""):
            gate = self.gates.get(path.name)
            if gate is not None:
                self.begun[path.name].set()
                while not gate.wait(0.01):
                    yield Progress(None, "waiting")
            return (yield from real(path, choice))

        monkeypatch.setattr(worklist_module, "reading", reading)
        monkeypatch.setattr("unet_studio.workbench.scan.reading", reading)

    def hold(self, name: str) -> None:
        self.gates[name], self.begun[name] = threading.Event(), threading.Event()


def test_several_scans_become_cases_in_order_and_the_first_is_opened(desk, scans):
    desk.list.add([source_of(s) for s in scans])
    assert desk.list.opening is not None
    desk.wait()
    assert desk.names == ["case0", "case1", "case2"]
    assert [o.case.name for o in desk.opened] == ["case0"]
    assert desk.store.cases() == desk.list.cases
    assert any(p and p.message == "Opening case1 (2 of 3)" for p in desk.progress)
    assert desk.progress[-1] is None


def test_a_broken_scan_is_told_and_the_others_come(desk, scans):
    scans[0].write_bytes(b"no scan at all")
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    assert desk.names == ["case1", "case2"]
    assert [o.case.name for o in desk.opened] == ["case1"]
    assert len(desk.told) == 1
    assert "case0" in desk.told[0]


def test_a_scan_that_is_there_already_is_opened_not_added_again(desk, scans):
    desk.list.add([source_of(scans[0])])
    desk.wait()
    desk.list.add([Source(scans[0], "", "another name")])
    desk.wait()
    assert desk.names == ["case0"]
    assert len(desk.opened) == 2
    assert "already" in desk.told[0]


def test_opening_a_case_gives_all_that_was_drawn(desk, scans):
    desk.list.add([source_of(s) for s in scans[:2]])
    desk.wait()
    _, second = desk.list.cases
    desk.saving.write(lambda store: store.save_proposals(second.id, [], {3: SliceState.REVIEWED}))
    desk.list.open(second)
    desk.wait()
    opened = desk.opened[-1]
    assert opened.case == second
    assert opened.states == {3: SliceState.REVIEWED}
    assert opened.volume.fingerprint == second.fingerprint
    assert opened.labels.voxels.shape == second.shape


def test_the_last_wish_counts(desk, scans, monkeypatch):
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    slowly = Slowly(monkeypatch)
    slowly.hold("case1.nii.gz")
    desk.list.open(desk.list.cases[1])
    desk.mailbox.wait_for(slowly.begun["case1.nii.gz"].is_set)
    desk.list.open(desk.list.cases[2])
    slowly.gates["case1.nii.gz"].set()
    desk.wait()
    assert [o.case.name for o in desk.opened] == ["case0", "case2"]


def test_a_case_opens_while_scans_are_added_and_none_of_them_is_lost_or_pushes_in(desk, scans, monkeypatch):
    desk.list.add([source_of(scans[0])])
    desk.wait()
    slowly = Slowly(monkeypatch)
    slowly.hold("case1.nii.gz")
    desk.list.add([source_of(s) for s in scans[1:]])
    desk.mailbox.wait_for(slowly.begun["case1.nii.gz"].is_set)
    desk.list.open(desk.list.cases[0])
    desk.mailbox.wait_for(lambda: len(desk.opened) == 2)
    slowly.gates["case1.nii.gz"].set()
    desk.wait()
    assert desk.names == ["case0", "case1", "case2"]
    assert [o.case.name for o in desk.opened] == ["case0", "case0"]


def test_cancelling_leaves_nothing_under_way_and_adds_nothing(desk, scans, monkeypatch):
    slowly = Slowly(monkeypatch)
    slowly.hold("case0.nii.gz")
    desk.list.add([source_of(s) for s in scans])
    desk.mailbox.wait_for(slowly.begun["case0.nii.gz"].is_set)
    desk.list.cancel()
    desk.wait()
    assert desk.names == []
    assert desk.opened == []
    assert desk.list.opening is None


def test_a_scan_that_changed_is_refused_in_words(desk, scans):
    desk.list.add([source_of(scans[0])])
    desk.wait()
    write_scan(scans[0], seed=99)
    desk.list.open(desk.list.cases[0])
    desk.wait()
    assert len(desk.opened) == 1
    assert "case0.nii.gz is not the scan it was" in desk.told[0]


def test_a_scan_whose_header_now_says_another_working_plane_is_refused_too(desk, scans):
    desk.list.add([source_of(scans[0])])
    desk.wait()
    voxels = read_volume(scans[0]).voxels
    write_volume(scans[0], Volume(voxels.copy(), Geometry(voxels.shape, spacing_mm=(1.0, 4.0, 1.0))))
    desk.list.open(desk.list.cases[0])
    desk.wait()
    assert len(desk.opened) == 1
    assert "is not the scan it was" in desk.told[0]


def test_a_scan_that_is_gone_is_told(desk, scans):
    desk.list.lost.connect(desk.told.append)
    desk.list.add([source_of(scans[0])])
    desk.wait()
    scans[0].unlink()
    desk.list.open(desk.list.cases[0])
    desk.wait()
    assert len(desk.told) == 1
    assert "case0.nii.gz" in desk.told[0]


def test_renaming_and_removing_reach_the_project_and_the_list(desk, scans):
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    first, second, _ = desk.list.cases
    desk.list.set_states(second, {0: SliceState.REVIEWED, 1: SliceState.EDITED})
    assert desk.list.reviewed() == {second.id: frozenset({0})}
    desk.list.rename(first, "Renamed")
    desk.list.remove(second)
    desk.wait()
    assert desk.names == ["Renamed", "case2"]
    assert desk.removed == [second]
    assert desk.list.reviewed() == {}
    assert scans[1].exists()


def test_a_removed_case_is_not_shown_when_its_scan_arrives(desk, scans, monkeypatch):
    desk.list.add([source_of(s) for s in scans[:2]])
    desk.wait()
    slowly = Slowly(monkeypatch)
    slowly.hold("case1.nii.gz")
    desk.list.open(desk.list.cases[1])
    desk.mailbox.wait_for(slowly.begun["case1.nii.gz"].is_set)
    desk.list.remove(desk.list.cases[1])
    slowly.gates["case1.nii.gz"].set()
    desk.wait()
    assert [o.case.name for o in desk.opened] == ["case0"]


def test_a_case_whose_labels_were_read_when_the_project_closed_is_not_shown(desk, scans):
    with_case, _ = add_case(desk.store, scans[0])
    desk.list.open(with_case)
    desk.mailbox.wait_for(lambda: desk.list.opening is None)
    desk.list.cancel()
    desk.saving.close()
    desk.mailbox.drain()
    assert desk.opened == []


def test_nothing_is_added_to_a_project_to_look_at_only(disk, mailbox, scans):
    new_store(disk).close()
    desk = Desk(Store.open(disk / "Balls.unetstudio", read_only=True), mailbox)
    try:
        desk.list.add([source_of(scans[0])])
        mailbox.wait_for(lambda: desk.told)
        assert "look only" in desk.told[0]
        assert desk.names == []
    finally:
        desk.close()


@pytest.fixture
def hasty(disk, mailbox, scans):
    """Three cases, the first of them open, and room for reading ahead."""
    desk = Desk(new_store(disk), mailbox, room_ahead=1 << 30)
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    desk.list.open(desk.list.cases[0])
    desk.wait()
    desk.wait_for_lane()
    yield desk
    desk.close()


class Counting:
    """How often each scan is read."""

    def __init__(self, monkeypatch) -> None:
        self.names: list[str] = []
        real = read_ahead_module.reading_scan

        def reading_scan(case, path):
            self.names.append(path.name)
            return (yield from real(case, path))

        for module in (read_ahead_module, worklist_module):
            monkeypatch.setattr(module, "reading_scan", reading_scan)


def test_the_next_case_is_read_before_anybody_asks_and_opens_without_reading(hasty, monkeypatch):
    counting = Counting(monkeypatch)
    hasty.list.open(hasty.list.cases[1])
    hasty.wait()
    hasty.wait_for_lane()
    assert [o.case.name for o in hasty.opened][-1] == "case1"
    assert counting.names == ["case2.nii.gz"], "the one after it, already"
    assert hasty.opened[-1].volume.fingerprint == hasty.list.cases[1].fingerprint


def test_a_case_on_its_way_is_shown_as_it_comes_and_read_once(hasty, mailbox, monkeypatch):
    slowly = Slowly(monkeypatch)
    slowly.hold("case2.nii.gz")
    counting = Counting(monkeypatch)
    hasty.list.open(hasty.list.cases[1])
    mailbox.wait_for(slowly.begun["case2.nii.gz"].is_set)
    hasty.previews.clear()
    hasty.list.open(hasty.list.cases[2])
    slowly.gates["case2.nii.gz"].set()
    hasty.wait()
    assert hasty.opened[-1].case.name == "case2"
    assert counting.names.count("case2.nii.gz") == 1
    assert len(hasty.previews) == 1


def test_another_wish_does_not_wait_for_what_is_read_ahead(hasty, mailbox, monkeypatch):
    slowly = Slowly(monkeypatch)
    slowly.hold("case2.nii.gz")
    hasty.list.open(hasty.list.cases[1])
    mailbox.wait_for(slowly.begun["case2.nii.gz"].is_set)
    hasty.list.open(hasty.list.cases[0])  # the gate of case2 stays shut
    hasty.wait()
    assert hasty.opened[-1].case.name == "case0"


def test_what_was_read_ahead_of_a_file_written_since_is_not_shown(hasty, scans):
    write_scan(scans[1], seed=77)
    hasty.list.open(hasty.list.cases[1])
    hasty.wait()
    assert hasty.opened[-1].case.name == "case0"
    assert "is not the scan it was" in hasty.told[-1]


def test_nothing_is_read_ahead_without_room(desk, scans, monkeypatch):
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    counting = Counting(monkeypatch)
    desk.list.open(desk.list.cases[1])
    desk.wait()
    assert counting.names == ["case1.nii.gz"]


def test_a_slice_is_shown_before_the_scan_is_open(desk, scans):
    order = []
    desk.list.previewed.connect(lambda preview: order.append(("preview", preview)))
    desk.list.opened.connect(lambda opened: order.append(("opened", opened)))
    desk.list.add([source_of(s) for s in scans])
    desk.wait()
    assert [what for what, _ in order] == ["preview", "opened"], "of the first alone"
    preview, volume = order[0][1], order[1][1].volume
    assert preview.geometry == volume.geometry
    assert (preview.pixels == volume.voxels[preview.index]).all()
    assert preview.message == "Opening case0 (1 of 3)"


def test_a_scan_nobody_waits_for_any_more_shows_no_slice(desk, scans, monkeypatch):
    slowly = Slowly(monkeypatch)
    slowly.hold("case0.nii.gz")
    desk.list.add([source_of(s) for s in scans])
    desk.mailbox.wait_for(slowly.begun["case0.nii.gz"].is_set)
    desk.list.cancel()
    slowly.gates["case0.nii.gz"].set()
    desk.wait()
    assert desk.previews == []
