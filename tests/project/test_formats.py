"""Projects of every format there has been, opened for ever."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.project.making import CLASSES, E, P, R
from unet_studio.project import schema
from unet_studio.project.checkpoints import FOLDER
from unet_studio.project.store import Store

FORMATS = sorted((Path(__file__).parent / "formats").glob("*.sqlite.gz"))


def put_back(kept: Path, folder: Path) -> Path:
    """The project of that format, as it lay on a disk."""
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / "checkpoint-1.safetensors").write_bytes(b"weights")
    (folder / schema.FILE).write_bytes(gzip.decompress(kept.read_bytes()))
    return folder


def test_there_is_a_project_of_each_format() -> None:
    assert [path.name for path in FORMATS] == [f"{n}.sqlite.gz" for n in range(1, schema.FORMAT + 1)]


@pytest.mark.parametrize("kept", FORMATS, ids=lambda p: p.name.split(".")[0])
def test_an_old_project_opens_with_all_that_was_in_it(kept: Path, tmp_path: Path) -> None:
    folder = put_back(kept, tmp_path / "Livers.unetstudio")
    old = (folder / schema.FILE).read_bytes()
    number = int(kept.name.split(".")[0])
    with Store.open(folder) as store:
        (case,) = store.cases()
        assert (case.name, case.shape, case.axis) == ("knee", (5, 6, 7), 0)
        assert (case.is_flagged, case.comment) == ((True, "look again") if number > 1 else (False, ""))
        assert tuple(store.classes()) == CLASSES
        labels = store.labels(case)
        assert labels.sum() == 2 and labels[1:3, 2, 3].tolist() == [1, 1]
        assert store.states(case.id) == {1: R, 2: E, 3: P}
        proposal = store.proposals(case.id)[3]
        assert np.array_equal(proposal.labels, np.full((6, 7), 2))
        assert proposal.to_correct == 9.5 if number > 2 else 0 < proposal.to_correct < 42
        done, undone = store.history(case.id, budget_bytes=1 << 20)
        assert [c.name for c in done] == ["Paint 1", "Review slice 2"]
        assert [c.name for c in undone] == ["Paint 2"]
        assert [record.name for record in store.checkpoints()] == ["First"]
        assert store.held_out() == {case.id: frozenset({2})}
        assert store.remembered("brush") == "{}"
    if number < schema.FORMAT:
        assert (folder / f"project-format-{number}.sqlite").read_bytes() == old
    with Store.open(folder, read_only=True) as store:
        assert store.labels(case).sum() == 2
