"""Whatever a hand does in whatever order: it can all be undone, locks hold, and the project gives back the same."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbench.conftest import MEMORY
from tests.workbench.making import CLASSES, LOCKED, E, P, R, U, palette_of
from unet_studio.image.plane import Plane, plane_view
from unet_studio.image.volume import Geometry
from unet_studio.labels.brush import Patch
from unet_studio.labels.edit import edit_between
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelClass, LabelMap
from unet_studio.project.records import Change, Proposal
from unet_studio.project.store import Store
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.classes import remove_class
from unet_studio.workbench.slices import OPEN_STATES
from unet_studio.workbench.tally import count

# Coronal working slices, stored upside down: nothing lies where a careless index would look for it.
GEOMETRY = Geometry((5, 4, 6), spacing_mm=(1.0, 4.0, 1.0), axes=((0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)))
SLICES = GEOMETRY.shape[1]
points = st.tuples(st.floats(-1, 7), st.floats(-1, 7))
indices = st.integers(0, SLICES - 1)
slices = st.integers(0, 2**16).map(lambda seed: np.random.default_rng(seed).integers(0, 4, (5, 6), np.uint8))

verbs = st.one_of(
    st.tuples(st.just("begin"), st.sampled_from(Plane), st.integers(0, 3), points, st.booleans()),
    st.tuples(st.just("extend"), points),
    st.tuples(st.just("end")),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("fill"), st.sampled_from(Plane), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("patch"), st.sampled_from(Plane), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("patches"), st.sampled_from(Plane), st.sets(st.integers(0, 3)), st.booleans()),
    st.tuples(st.just("reshape"), st.dictionaries(indices, slices, max_size=3)),
    st.tuples(st.just("travel"), st.integers(-6, 6)),
    st.tuples(st.just("replace"), indices, slices),
    st.tuples(st.just("replace_all"), st.dictionaries(indices, slices, max_size=3)),
    st.tuples(st.just("accept"), st.sets(indices)),
    st.tuples(st.just("review"), indices),
    st.tuples(st.just("unreview"), indices),
    st.tuples(st.just("remove"), st.integers(1, 3)),
    st.tuples(st.just("propose"), st.dictionaries(indices, slices, min_size=1)),
    st.tuples(st.just("propose_as"), st.dictionaries(indices, slices, min_size=1)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("choose"), st.integers(1, 3), st.sampled_from(["everything", "background"])),
)


def do(annotation: Annotation, palette, store: Store, verb) -> None:
    name, *with_ = verb
    match name, with_:
        case "begin", (plane, index, point, erase):
            annotation.begin_stroke(plane_view(GEOMETRY, plane), index, point, erase=erase)
        case "extend", (point,):
            annotation.extend_stroke(point)
        case "end", ():
            annotation.end_stroke()
        case "cancel", ():
            annotation.cancel_stroke()
        case "fill", (plane, index, erase):
            annotation.fill(plane_view(GEOMETRY, plane), index, 1, 2, erase=erase)
        case "patch", (plane, index, erase):
            patch = Patch(1, 1, np.eye(3, dtype=np.bool_))
            annotation.fill_patch(plane_view(GEOMETRY, plane), index, patch, erase=erase, verb="outline")
        case "patches", (plane, several, erase):
            patches = {index: Patch(0, 1, np.eye(3, dtype=np.bool_)) for index in several}
            annotation.fill_patches(plane_view(GEOMETRY, plane), patches, erase=erase, verb="outline")
        case "reshape", (several,):
            annotation.reshape("Smooth", several)
        case "travel", (steps,):
            annotation.travel(steps)
        case "replace", (index, labels):
            annotation.replace_slice("Copy slice", index, labels)
        case "replace_all", (several,):
            annotation.replace_slices("Interpolate", several)
        case "accept", (chosen,):
            annotation.accept(chosen)
        case "review", (index,):
            annotation.review(index)
        case "unreview", (index,):
            annotation.unreview(index)
        case "remove", (value,):
            remove_class(annotation._palette, annotation, LabelClass(value, "it", (0, 0, 0)))
        case "propose", (several,):
            proposals = [Proposal(index, labels, 0.5, None) for index, labels in several.items()]
            if states := annotation.propose(proposals):
                store.save_proposals(annotation.case.id, [p for p in proposals if p.index in states], states)
        case "propose_as", (several,):
            annotation.propose_as("Between", [Proposal(i, labels, 0.5, None) for i, labels in several.items()])
        case "undo", ():
            annotation.undo()
        case "redo", ():
            annotation.redo()
        case "choose", (value, over):
            palette.choose(value)
            palette.set_brush(replace(palette.brush, paint_over=over))


def save(store: Store, case_id: int, deed) -> None:
    {"do": store.record, "undo": store.record_undo, "redo": store.record_redo}[deed.kind](
        case_id, deed.change, deed.slices
    )


def opened(store: Store, palette, *, is_first: bool = False) -> Annotation:
    """What was there before the first opening can't be undone: the journal's first row stays out of its history."""
    (case,) = store.cases()
    done, undone = store.history(case.id, budget_bytes=10**9)
    done = [] if is_first else done[1:]
    return Annotation(
        case, LabelMap(GEOMETRY, store.labels(case)), palette, states=store.states(case.id),
        proposals=store.proposals(case.id), history=History(done, undone), record=partial(save, store, case.id),
    )  # fmt: skip


def begun(store: Store) -> None:
    """A case with some of everything drawn on it, locked labels too."""
    case = store.add_case(name="scan", path=Path("scan.nii"), choice="", fingerprint="", shape=GEOMETRY.shape, axis=1)
    first = np.zeros(GEOMETRY.shape, np.uint8)
    first[1:4, 1:3, 1:5], first[2, :, 3] = 1, LOCKED.value
    edit = edit_between("Begin", np.zeros_like(first), first)
    store.record(case.id, Change("Begin", edit, {1: (U, R), 2: (U, E)}), {i: first[:, i] for i in range(SLICES)})


def known(annotation: Annotation):
    """All that must come back after reopening."""
    histories = [
        [(c.name, dict(c.states)) for c in side] for side in (annotation.history.done, annotation.history.undone)
    ]
    shown = {i: annotation.proposal(i).labels.tolist() for i in range(SLICES) if annotation.proposal(i)}
    return annotation.label_map.voxels.tolist(), [annotation.state(i) for i in range(SLICES)], shown, histories


def expected_state(annotation, index, first):
    """Undoing can't unsay a prediction."""
    return P if first.get(index, U) is U and index in annotation.proposals else first.get(index, U)


@settings(max_examples=150)
@given(st.lists(verbs, max_size=25))
def test_all_can_be_undone_locks_hold_and_the_project_gives_back_the_same(sequence):
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as disk:
        folder, palette = Path(disk) / "P.unetstudio", palette_of(*CLASSES)
        with Store.create(folder, name="P", classes=CLASSES) as store:
            begun(store)
            annotation = opened(store, palette, is_first=True)
            first, first_states = annotation.label_map.voxels.copy(), dict(annotation.states)
            for verb in sequence:
                drawing = annotation._pen is not None
                before, states = annotation.label_map.voxels.copy(), dict(annotation.states)
                do(annotation, palette, store, verb)
                assert np.array_equal(annotation.label_map.voxels == LOCKED.value, first == LOCKED.value)
                if (
                    verb[0] == "propose"
                    or (verb[0] == "propose_as" and not drawing)
                    or (verb[0] == "accept" and not drawing)
                ):
                    closed = [i for i in range(SLICES) if states.get(i, U) not in OPEN_STATES]
                    assert np.array_equal(annotation.label_map.voxels[:, closed], before[:, closed])
                    assert [annotation.state(i) for i in closed] == [states[i] for i in closed]
            annotation.end_stroke()
            assert np.array_equal(annotation.counts, count(annotation.label_map.voxels))
            then = known(annotation)
        with Store.open(folder) as store:
            reopened = opened(store, palette)
            labels, states, shown, histories = known(reopened)
            assert (labels, states, shown) == then[:3]
            assert [[name for name, _ in side] for side in histories] == [
                [name for name, _ in side] for side in then[3]
            ]
            while reopened.history.undo_name is not None:
                reopened.undo()
            assert np.array_equal(reopened.label_map.voxels, first)
            for index in range(SLICES):
                assert reopened.state(index) is expected_state(reopened, index, first_states)
            for _ in then[3][0]:
                reopened.redo()
            assert reopened.label_map.voxels.tolist() == then[0]
