"""Changes of label classes in the journal."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.making import CLASSES, SHAPE, new_case, new_project, paint, same, touched
from unet_studio.labels.classes import class_changes
from unet_studio.project import schema
from unet_studio.project.class_rows import KEY, classes_from
from unet_studio.project.records import Change
from unet_studio.project.store import Store

LIVER, KIDNEY = CLASSES
RENAMED = (replace(LIVER, name="肝 “left”", colour=(1, 2, 3)), KIDNEY)


def test_a_change_of_classes_comes_back_done_or_undone(tmp_path: Path) -> None:
    with new_project(tmp_path) as store:
        case = new_case(store)
        labels = store.labels(case)
        removal = replace(paint(labels, (0, 0, 0), SHAPE, 0), classes=class_changes(CLASSES, (KIDNEY,)))
        renaming = Change("Rename Liver", classes=class_changes(CLASSES, RENAMED))
        for change in (renaming, removal):
            store.record(case.id, change, touched(change, labels, 0))
        store.record_undo(case.id, removal, touched(removal, labels, 0))
        folder = store.folder
    with Store.open(folder) as store:
        (done,), (undone,) = store.history(case.id, budget_bytes=1 << 20)
        assert same(done, renaming) and same(undone, removal)


def test_a_program_that_knows_no_such_changes_reads_a_row_that_does_nothing(tmp_path: Path) -> None:
    with new_project(tmp_path) as store:
        case = new_case(store)
        store.record(case.id, Change("Rename Liver", classes=class_changes(CLASSES, RENAMED)), {})
        folder = store.folder
    with closing(sqlite3.connect(folder / schema.FILE)) as file:
        row = file.execute("SELECT name, edit_name, z, y, x, before, after, states, standing FROM journal").fetchone()
        assert row == ("Rename Liver", None, None, None, None, None, None, "{}", "done")


@pytest.mark.parametrize(
    "text",
    ["{", "3", "[[0, null, null]]", "[[0, [1], null]]", '[["a", null, null]]',
     '[[0, [0, "x", [1, 2, 3], true, true], null]]', '[[0, [300, "x", [1, 2, 3], true, true], null]]'],
)  # fmt: skip
def test_a_damaged_change_ends_the_history_and_no_more(text: str, tmp_path: Path) -> None:
    with pytest.raises((ValueError, TypeError)):
        classes_from(text)
    with new_project(tmp_path) as store:
        case = new_case(store)
        store.record(case.id, Change("Rename Liver", classes=class_changes(CLASSES, RENAMED)), {})
        store.remember(f"{KEY}1", text)
        assert store.history(case.id, budget_bytes=1 << 20) == ([], [])
