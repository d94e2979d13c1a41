"""Commands run in this process, and tiny scans with labels for them to work on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from unet_studio import cli
from unet_studio.files.label_maps import write_label_map
from unet_studio.files.volumes import write_volume
from unet_studio.image.volume import Geometry, Volume

SHAPE = (4, 40, 36)
GEOMETRY = Geometry(SHAPE, spacing_mm=(4.0, 1.0, 1.0), origin_mm=(3.0, -7.0, 11.0))


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, its lines, and what it opened in the app."""

    code: int
    out: str
    err: str
    opened: list[Path]

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def result(self) -> dict:
        return self.lines[-1]

    @property
    def events(self) -> list[dict]:
        return [line for line in self.lines if "event" in line]

    @property
    def sentence(self) -> str:
        """The one sentence on standard error."""
        assert self.err.endswith("\n") and self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


Run = Callable[..., Ran]


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Two threads beside other programs wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: object) -> Ran:
        opened: list[Path] = []

        def open_app(paths: list[Path]) -> int:
            opened.extend(paths)
            return 0

        capsys.readouterr()
        code = cli.main([str(word) for word in words], open_app=open_app)
        out, err = capsys.readouterr()
        return Ran(code, out, err, opened)

    return command


def phantom(seed: int, *, geometry: Geometry = GEOMETRY, channels: int = 1) -> tuple[Volume, np.ndarray]:
    """A bright disc (label 1) with a brighter core (label 2) in every slice but the last."""
    chance = np.random.default_rng(seed)
    slices, height, width = geometry.shape
    rows, columns = np.mgrid[:height, :width]
    labels = np.zeros(geometry.shape, np.uint8)
    for index in range(max(1, slices - 1)):
        middle = np.array([height, width]) * chance.uniform(0.4, 0.6, 2)
        away = np.hypot(rows - middle[0], columns - middle[1])
        labels[index][away < 12] = 1
        labels[index][away < 6] = 2
    voxels = chance.normal(60, 5, geometry.shape) + 60.0 * (labels == 1) + 120.0 * (labels == 2)
    if channels > 1:
        voxels = np.stack([voxels * (1 - 0.1 * c) for c in range(channels)], axis=-1)
    return Volume(voxels.clip(0, 255).astype(np.uint8), geometry), labels


@pytest.fixture(scope="session")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``images`` and ``labels`` of five cases."""
    folder = tmp_path_factory.mktemp("phantoms")
    (folder / "images").mkdir()
    (folder / "labels").mkdir()
    for seed in range(5):
        volume, labels = phantom(seed)
        write_volume(folder / "images" / f"case{seed}.nii.gz", volume)
        write_label_map(folder / "labels" / f"case{seed}.nii.gz", labels, volume.geometry)
    return folder


@pytest.fixture(scope="session")
def checkpoint(phantoms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A light network that has learned the phantoms, by the command line itself."""
    path = tmp_path_factory.mktemp("checkpoint") / "discs.safetensors"
    words = ["train", "--images", phantoms / "images", "--labels", phantoms / "labels", "--out", path]
    options = ["--steps", "150", "--architecture", "light", "--seed", "3", "--device", "cpu", "--json"]
    assert cli.main([str(word) for word in (*words, *options)], open_app=lambda _: 0) == 0
    return path
