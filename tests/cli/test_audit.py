"""The journal as a table."""

import csv

import numpy as np
import pytest

from tests.project.making import E, P, R, U, card, new_case, new_project, paint, touched
from unet_studio.project.audit import COLUMNS
from unet_studio.project.records import Change, Proposal


@pytest.fixture
def project(tmp_path):
    """A stroke over two slices, a review, an undo and a redo of it, a checkpoint, and a proposal of that."""
    with new_project(tmp_path) as store:
        case = new_case(store, name="=knee")
        labels = store.labels(case)
        weights = tmp_path / "w.safetensors"
        weights.write_bytes(b"weights")
        record = store.add_checkpoint(weights, card("First"), activate=True)
        store.save_proposals(case.id, [Proposal(1, np.ones((6, 7), np.uint8), 0.5, record.id)], {1: P})
        stroke = paint(labels, (1, 2, 3), (2, 1, 1), 1, states={1: (P, E), 2: (U, E)})
        store.record(case.id, stroke, touched(stroke, labels, 0))
        review = Change("Review slice 2", None, {1: (E, R)})
        store.record(case.id, review, {})
        store.record_undo(case.id, review, {})
        store.record_redo(case.id, review, {})
    return store.folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_action_is_a_line_with_who_what_when_slice_and_checkpoint(run, project, tmp_path):
    ran = run("audit", project, "--out", tmp_path / "audit.csv", "--json")
    assert ran.code == 0 and ran.result["lines"] == 5
    found = rows(tmp_path / "audit.csv")
    assert tuple(found[0]) == COLUMNS
    by = {row["action"]: row for row in found}
    assert list(by) == [
        "Checkpoint: First",
        "Paint 1",
        "Review slice 2",
        "Undo: Review slice 2",
        "Redo: Review slice 2",
    ]
    stroke, review = by["Paint 1"], by["Review slice 2"]
    assert (stroke["slices"], stroke["checkpoint"], stroke["standing"]) == ("2-3", "First", "done")
    assert stroke["states"] == "2:predicted>edited 3:untouched>edited"
    assert stroke["voxels_changed_in"] == "z 2+2 y 3+1 x 4+1"
    assert (review["slices"], review["states"], review["voxels_changed_in"]) == ("2", "2:edited>reviewed", "")
    assert all(row["author"] for row in found if row["case"])
    assert [row["time"] for row in found] == sorted(row["time"] for row in found)


def test_a_name_that_a_spreadsheet_would_work_out_is_shown_instead(run, project, tmp_path):
    run("audit", project, "--out", tmp_path / "audit.csv")
    assert rows(tmp_path / "audit.csv")[1]["case"] == "'=knee"


def test_the_project_is_only_read_and_people_are_told(run, project, tmp_path):
    before = (project / "project.sqlite").read_bytes()
    assert "5 lines" in run("audit", project, "--out", tmp_path / "audit.csv").out
    assert (project / "project.sqlite").read_bytes() == before


def test_what_is_no_project_and_what_can_not_be_written_are_sentences(run, project, tmp_path):
    assert run("audit", tmp_path, "--out", tmp_path / "a.csv").code == 1
    ran = run("audit", project, "--out", tmp_path / "gone" / "a.csv")
    assert ran.code == 1 and "a.csv could not be saved" in ran.sentence
