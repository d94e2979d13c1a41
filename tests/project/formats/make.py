"""How a project file of the present format for this folder is made: ``python -m tests.project.formats.make``.

Made once for each format and never again: it stands for what users have on their disks.
"""

import gzip
import tempfile
from pathlib import Path

import numpy as np

from tests.project.making import E, P, R, U, card, new_case, new_project, paint, touched
from unet_studio.project import schema
from unet_studio.project.records import Change, Proposal

HERE = Path(__file__).parent


def make(folder: Path) -> Path:
    """A project with one of everything; its file."""
    with new_project(folder) as store:
        case = new_case(store, name="knee")
        labels = store.labels(case)
        weights = folder / "w.safetensors"
        weights.write_bytes(b"weights")
        record = store.add_checkpoint(weights, card("First"), activate=True)
        proposal = Proposal(
            3, np.full((6, 7), 2, np.uint8), 0.25, record.id, to_correct=9.5
        )  # which is from format 3 on
        store.save_proposals(case.id, [proposal], {3: P})
        stroke = paint(labels, (1, 2, 3), (2, 1, 1), 1, states={1: (U, E), 2: (U, E)})
        store.record(case.id, stroke, touched(stroke, labels, 0))
        review = Change("Review slice 2", None, {1: (E, R)})
        store.record(case.id, review, {})
        undone = paint(labels, (0, 0, 0), (1, 2, 2), 2, states={0: (U, E)})
        store.record(case.id, undone, touched(undone, labels, 0))
        labels[0] = 0
        store.record_undo(case.id, undone, touched(undone, labels, 0))
        store.set_held_out({case.id: frozenset({2})})
        store.remember("brush", "{}")
        store.mark_case(case.id, is_flagged=True, comment="look again")  # from format 2 on
    return store.folder / schema.FILE


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        content = make(Path(place)).read_bytes()
    (HERE / f"{schema.FORMAT}.sqlite.gz").write_bytes(gzip.compress(content, mtime=0))
