import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.project.making import CLASSES, SHAPE, E, P, R, U, card, new_case, new_project, paint, touched
from unet_studio.errors import ProjectError
from unet_studio.labels.label_map import LabelClass
from unet_studio.project.records import Change, Proposal
from unet_studio.project.store import Store, is_project


def test_a_new_project_holds_its_name_and_classes_and_nothing_else(disk: Path) -> None:
    with new_project(disk) as store:
        assert (store.name, store.folder, store.is_read_only) == ("Livers", disk / "Livers.unetstudio", False)
        assert store.classes() == CLASSES
        assert store.cases() == store.checkpoints() == ()
        assert store.active_checkpoint() is None
        assert store.held_out() == {}
    assert is_project(disk / "Livers.unetstudio") and not is_project(disk)


def test_a_name_may_hold_any_character(disk: Path) -> None:
    with Store.create(disk / "Leber (3%) #1? ü.unetstudio", name="Leber\n“3”", classes=()) as store:
        pass
    with Store.open(store.folder) as again:
        assert again.name == "Leber\n“3”"


def test_a_project_is_never_made_over_something_else(disk: Path) -> None:
    (disk / "full").mkdir()
    (disk / "full" / "thesis.txt").write_text("years of work")
    (disk / "file").write_text("")
    for name in ("full", "file"):
        with pytest.raises(ProjectError, match=f"“{name}” exists already"):
            Store.create(disk / name, name="x", classes=())
    assert (disk / "full" / "thesis.txt").read_text() == "years of work"


def test_an_empty_folder_may_become_a_project(disk: Path) -> None:
    (disk / "chosen").mkdir()
    with Store.create(disk / "chosen", name="x", classes=()) as store:
        assert store.name == "x"


def test_a_project_that_can_not_be_made_leaves_nothing(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("unet_studio.project.schema.sync_file", full)
    with pytest.raises(
        ProjectError, match=r"“x\.unetstudio” can't be made: the disk is full\. Free some space and try again\."
    ):
        Store.create(disk / "x.unetstudio", name="x", classes=())
    assert list(disk.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_nobody_else_may_read_a_project(disk: Path) -> None:
    old = os.umask(0)
    try:
        with new_project(disk) as store:
            source = disk / "a.safetensors"
            source.write_bytes(b"weights")
            store.add_checkpoint(source, card(), activate=False)
            modes = {p.name: p.stat().st_mode & 0o777 for p in (store.folder, *store.folder.rglob("*"))}
    finally:
        os.umask(old)
    assert modes == {
        "Livers.unetstudio": 0o700, "checkpoints": 0o700, "project.sqlite": 0o600, "project.lock": 0o600,
        "checkpoint-1.safetensors": 0o600,
    }  # fmt: skip


def test_the_file_is_kept_safe_on_network_drives_and_in_power_cuts(disk: Path) -> None:
    with new_project(disk) as store:
        pragmas = {
            p: store._database.rows(f"PRAGMA {p}")[0][0] for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1}  # 2: FULL


@pytest.mark.skipif(os.name != "posix", reason="Windows syncs no folders")
def test_after_each_transaction_the_folder_is_synced_where_the_drive_can(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []

    def sync(folder: Path) -> None:
        synced.append(folder)
        raise OSError(22, "Invalid argument")

    with new_project(disk) as store:
        monkeypatch.setattr("unet_studio.project.database.sync_folder", sync)
        store.remember("case", "1")
        assert synced == [store.folder] and store.remembered("case") == "1"


def test_cases_come_back_in_the_order_they_were_added(disk: Path) -> None:
    with new_project(disk) as store:
        first = new_case(store, name="b")
        second = store.add_case(
            name="a", path=disk / "dicom", choice="1.2.3", fingerprint="cd", shape=(3, 2, 9), axis=2
        )
        store.rename_case(first.id, "z")
    with Store.open(store.folder) as again:
        assert again.cases() == (replace(first, name="z"), second)
        assert again.cases()[1].slices == 9


def test_a_removed_case_is_gone_from_the_list_and_its_number_is_not_used_again(disk: Path) -> None:
    with new_project(disk) as store:
        first = new_case(store)
        labels = store.labels(first)
        change = paint(labels, (0, 0, 0), (1, 1, 1), 1)
        store.record(first.id, change, touched(change, labels, 0))
        store.remove_case(first.id)
        assert store.cases() == ()
        assert new_case(store).id != first.id
        assert store.labels(first).any()  # what was drawn is still in the file


def test_scans_are_found_when_the_project_moves_with_them_and_when_it_moves_alone(disk: Path) -> None:
    scan = disk / "old" / "scans" / "a.nii"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"")
    store = Store.create(disk / "old" / "work" / "p.unetstudio", name="p", classes=())
    case = store.add_case(name="a", path=scan, choice="", fingerprint="", shape=SHAPE, axis=0)
    store.close()
    assert case.path == "../../scans/a.nii"
    assert store.scan_path(case) == scan

    (disk / "elsewhere").mkdir()
    (disk / "old" / "work").rename(disk / "elsewhere" / "deep")
    with Store.open(disk / "elsewhere" / "deep" / "p.unetstudio") as alone:
        assert alone.scan_path(alone.cases()[0]) == scan
    scan.parent.rename(disk / "elsewhere" / "scans")
    with Store.open(disk / "elsewhere" / "deep" / "p.unetstudio") as again:
        moved = disk / "elsewhere" / "deep" / "p.unetstudio"
        assert again.scan_path(case) == disk / "elsewhere" / "scans" / "a.nii", moved


def test_label_classes_keep_their_order_and_can_be_replaced(disk: Path) -> None:
    classes = (LabelClass(255, "Ümlaut “x”", (0, 0, 255)), *CLASSES)
    with new_project(disk) as store:
        store.save_classes(classes)
        assert store.classes() == classes
        store.save_classes(())
        assert store.classes() == ()


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_labels_are_put_together_from_slices_along_the_axis_of_the_case(disk: Path, axis: int) -> None:
    drawn = np.random.default_rng(axis).integers(0, 3, SHAPE).astype(np.uint8)
    with new_project(disk) as store:
        case = new_case(store, axis=axis)
        labels = store.labels(case)
        assert labels.shape == SHAPE and labels.dtype == np.uint8 and not labels.any()
        change = Change("All", None)
        store.record(case.id, change, {i: np.take(drawn, i, axis) for i in range(case.slices)})
    with Store.open(store.folder) as again:
        assert np.array_equal(again.labels(case), drawn)


def test_a_slice_that_was_emptied_takes_no_room(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        labels = store.labels(case)
        for value in (3, 0):
            change = paint(labels, (2, 0, 0), (1, 3, 3), value)
            store.record(case.id, change, touched(change, labels, 0))
        assert store._database.rows("SELECT count(*) FROM labels") == [(0,)]
        assert not store.labels(case).any()


def test_untouched_slices_are_not_listed(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        store.record(case.id, Change("Review", None, {1: (U, R), 2: (U, E), 3: (U, E)}), {})
        assert store.states(case.id) == {1: R, 2: E, 3: E}
        store.record(case.id, Change("Reopen", None, {2: (E, U)}), {})
        assert store.states(case.id) == {1: R, 3: E}
        assert store.states(case.id + 1) == {}


def test_proposals_lie_beside_the_labels_until_replaced_or_dropped(disk: Path) -> None:
    first = Proposal(1, np.full((7, 6), 2, np.uint8), 0.25, None)
    second = Proposal(4, np.zeros((7, 6), np.uint8), 0.0, None)
    with new_project(disk) as store:
        case = new_case(store)
        store.save_proposals(case.id, [first, second], {1: P, 4: P})
        newer = Proposal(1, np.eye(7, 6, dtype=np.uint8), 0.5, None)
        store.save_proposals(case.id, [newer], {})
        assert not store.labels(case).any()
    with Store.open(store.folder) as again:
        found = again.proposals(case.id)
        assert sorted(found) == [1, 4] and again.states(case.id) == {1: P, 4: P}
        assert np.array_equal(found[1].labels, newer.labels) and found[1].uncertainty == 0.5
        again.drop_proposals(case.id, [1], {1: U})
        assert sorted(again.proposals(case.id)) == [4] and again.states(case.id) == {4: P}
        again.drop_proposals(case.id)
        assert again.proposals(case.id) == {}


def test_what_there_is_to_correct_is_told_without_the_labels(disk: Path) -> None:
    labels = np.ones((7, 6), np.uint8)
    with new_project(disk) as store:
        case = new_case(store)
        assert store.to_correct() == {}
        found = [Proposal(1, labels, 0.5, None, to_correct=12.5), Proposal(4, labels, 0.5, None)]
        store.save_proposals(case.id, found, {1: P, 4: P})
        assert store.to_correct() == {case.id: {1: 12.5, 4: 0.0}}
        assert store.proposals(case.id)[1].to_correct == 12.5


def test_the_held_out_set_may_grow_and_never_shrinks(disk: Path) -> None:
    with new_project(disk) as store:
        first, second = new_case(store), new_case(store)
        store.set_held_out({first.id: frozenset({0, 3})})
        store.set_held_out({first.id: frozenset({0, 3}), second.id: frozenset(range(second.slices))})
        with pytest.raises(ValueError, match="given back"):
            store.set_held_out({first.id: frozenset({0})})
    with Store.open(store.folder) as again:
        assert again.held_out() == {first.id: frozenset({0, 3}), second.id: frozenset(range(5))}


def test_small_things_are_remembered(disk: Path) -> None:
    with new_project(disk) as store:
        assert store.remembered("case") is None
        store.remember("case", "1")
        store.remember("case", "2")
        store.remember("window", "40 400")
    with Store.open(store.folder) as again:
        assert (again.remembered("case"), again.remembered("window")) == ("2", "40 400")


def test_a_project_open_to_look_only_can_be_read_and_not_changed(disk: Path) -> None:
    with new_project(disk) as writer:
        case = new_case(writer)
        with Store.open(writer.folder, read_only=True) as looker:
            assert looker.is_read_only and looker.cases() == (case,)
            with pytest.raises(ProjectError, match="open to look only"):
                looker.rename_case(case.id, "x")
            writer.rename_case(case.id, "seen")
            assert looker.cases()[0].name == "seen"
        assert (writer.folder / "project.lock").exists()


def test_closing_twice_does_no_harm_and_frees_the_project(disk: Path) -> None:
    store = new_project(disk)
    store.close()
    with Store.open(store.folder):
        store.close()
        assert (store.folder / "project.lock").exists()  # the second one's


def test_the_audit_trail_says_who_did_what_when(disk: Path) -> None:
    with new_project(disk) as store:
        case = new_case(store)
        change = Change("Review slice 1", None, {0: (U, R)})
        assert store.record(case.id, change, {}) == 1
        store.record_undo(case.id, change.inverse(), {})
        store.record(case.id, Change("Review slice 2", None, {1: (U, R)}), {})
    with closing(sqlite3.connect(store.folder / "project.sqlite")) as rows:
        found = rows.execute("SELECT name, standing, length(author) > 0, time FROM journal ORDER BY id").fetchall()
        assert [row[:3] for row in found] == [("Review slice 1", "dropped", 1), ("Review slice 2", "done", 1)]
        assert found[0][3] <= found[1][3] and found[0][3].endswith("+00:00")
        assert rows.execute("SELECT journal_id, direction FROM travels").fetchall() == [(1, "undo")]


def test_a_project_that_was_closed_says_so_and_a_wrong_call_of_ours_rises(disk: Path) -> None:
    store = new_project(disk)
    with pytest.raises(sqlite3.ProgrammingError):
        store._database.rows("SELECT ?", ())
    store.close()
    store.close()
    with pytest.raises(ProjectError, match="closed already"):
        store.cases()
