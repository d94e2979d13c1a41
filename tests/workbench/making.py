"""Scans, projects and annotations to test with."""

from pathlib import Path

import numpy as np

from unet_studio.files.sources import Source
from unet_studio.files.volumes import read_volume, write_volume
from unet_studio.image.plane import plane_view, working_plane
from unet_studio.image.volume import Geometry, Volume
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelClass, LabelMap
from unet_studio.project.records import Case, Proposal, SliceState
from unet_studio.project.store import Store
from unet_studio.segmentation.card import CheckpointCard, Scores
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.palette import Palette

U, P, E, R = SliceState.UNTOUCHED, SliceState.PREDICTED, SliceState.EDITED, SliceState.REVIEWED
ONE, TWO, LOCKED = (
    LabelClass(1, "One", (255, 0, 0)),
    LabelClass(2, "Two", (0, 255, 0)),
    LabelClass(3, "Stone", (0, 0, 255), is_locked=True),
)
CLASSES = (ONE, TWO, LOCKED)
SHAPE = (6, 8, 9)
GEOMETRY = Geometry(SHAPE, spacing_mm=(3.0, 1.0, 1.0))


def palette_of(*classes: LabelClass, radius: float = 1.0) -> Palette:
    from dataclasses import replace

    palette = Palette()
    palette.set_classes(classes or CLASSES)
    palette.set_brush(replace(palette.brush, radius=radius))
    return palette


def case_of(geometry: Geometry, case_id: int = 1) -> Case:
    axis = plane_view(geometry, working_plane(geometry)).axis
    return Case(case_id, "scan", "scan.nii.gz", "", "ab" * 32, geometry.shape, axis, "")


def annotation_of(
    geometry: Geometry = GEOMETRY, palette: Palette | None = None, *, labels=None, states=None, proposals=None, **more
) -> Annotation:
    """An annotation with the deeds and sentences it told in ``deeds`` and ``sentences``."""
    deeds: list = []
    annotation = Annotation(
        case_of(geometry), LabelMap(geometry, labels), palette or palette_of(),
        states=states or {}, proposals=proposals or {}, history=History(), record=deeds.append, **more,
    )  # fmt: skip
    annotation.deeds = deeds
    annotation.sentences = []
    annotation.told.connect(annotation.sentences.append)
    annotation.refused.connect(lambda refused: annotation.sentences.append(refused.sentence))
    return annotation


def proposal_of(annotation: Annotation, index: int, value: int = 1) -> Proposal:
    """A proposal of one full row of ``value``."""
    labels = np.zeros(annotation.view.size(annotation.label_map.geometry.shape), np.uint8)
    labels[0] = value
    return Proposal(index, labels, 0.5, None)


def write_scan(path: Path, *, shape=(6, 24, 20), seed: int = 0, spacing=(3.0, 1.0, 1.0)) -> Path:
    """A bright ball on a noisy ground, as a file."""
    z, y, x = np.ogrid[: shape[0], : shape[1], : shape[2]]
    ball = ((y - shape[1] / 2) ** 2 + (x - shape[2] / 2) ** 2) < (min(shape[1:]) / 3.5) ** 2
    noise = np.random.default_rng(seed).normal(0, 20, shape)
    voxels = (ball * 400 + noise + z).astype(np.int16)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_volume(path, Volume(voxels, Geometry(shape, spacing_mm=spacing)))
    return path


def ball_of(volume: Volume) -> np.ndarray:
    """The labels that are right for ``write_scan``."""
    return (volume.voxels > 200).astype(np.uint8)


def source_of(path: Path) -> Source:
    return Source(path, "", path.name.split(".")[0])


def new_store(folder: Path, name: str = "Balls", classes=CLASSES) -> Store:
    return Store.create(folder / f"{name}.unetstudio", name=name, classes=classes)


def add_case(store: Store, path: Path, name: str = "") -> tuple[Case, Volume]:
    volume = read_volume(path)
    axis = plane_view(volume.geometry, working_plane(volume.geometry)).axis
    case = store.add_case(
        name=name or source_of(path).name, path=path, choice="", fingerprint=volume.fingerprint,
        shape=volume.geometry.shape, axis=axis,
    )  # fmt: skip
    return case, volume


def card_of(*, scores=Scores(), before=None, trained_on=None, held_out=None, name="Net") -> CheckpointCard:  # noqa: B008
    return CheckpointCard(
        name=name, architecture="standard", parameters=10, label_classes=(ONE,), scores=scores, before=before,
        trained_on=trained_on or {}, held_out=held_out or {}, parent=None, seed=0, steps=1, seconds=1.0,
        created="2026-01-01T00:00:00+00:00", program_version="0.1.0",
    )  # fmt: skip
