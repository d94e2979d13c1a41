"""An exported network answers as ours does, and tells how slices must be prepared."""

import builtins
import json

import numpy as np
import pytest
import torch

from unet_studio.errors import StudioError, WriteError
from unet_studio.unet.checkpoint import Checkpoint
from unet_studio.unet.onnx_export import export_onnx, onnx_card

pytest.importorskip("onnx", reason="onnx is not installed; pip install .[onnx]")
pytest.importorskip("onnxscript", reason="onnxscript is not installed; pip install .[onnx]")


@pytest.fixture(scope="module")
def folder(trained: Checkpoint, tmp_path_factory):
    """Where discs.onnx and its card lie."""
    place = tmp_path_factory.mktemp("onnx")
    export_onnx(trained, place / "discs.onnx")
    return place


def test_the_answers_are_ours_at_any_size_and_count(folder, trained):
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    session = runtime.InferenceSession(str(folder / "discs.onnx"))
    network = trained.network()
    for shape in ((1, 48, 64), (3, 16, 16), (2, 160, 32)):
        slices = torch.randn(
            shape[0], trained.config.in_channels, *shape[1:], generator=torch.Generator().manual_seed(1)
        )
        with torch.inference_mode():
            wanted = network(slices).softmax(dim=1).numpy()
        (found,) = session.run(["chances"], {"slices": slices.numpy()})
        assert found.shape == wanted.shape
        assert np.abs(found - wanted).max() < 1e-4


def test_the_card_lies_beside_it_and_in_its_metadata(folder, trained):
    import onnx

    card = json.loads((folder / "discs.card.json").read_text(encoding="utf-8"))
    inside = {p.key: json.loads(p.value) for p in onnx.load(folder / "discs.onnx").metadata_props}
    assert {key: inside[key] for key in card} == card
    assert card["preprocessing"]["field"] == list(trained.preprocessing.field)
    assert [c["value"] for c in card["classes"]] == [0, 1, 4]
    assert all(step.endswith(".") for step in card["preprocessing"]["steps"])


def test_the_names_of_cases_do_not_leave_the_house(folder, trained):
    assert trained.card.trained_on
    card = onnx_card(trained)["card"]
    assert card["trained_on"] == {} and card["held_out"] == {}


def test_only_the_two_files_are_left(folder):
    assert sorted(p.name for p in folder.iterdir()) == ["discs.card.json", "discs.onnx"]


def test_a_file_that_is_there_is_not_overwritten(folder, trained, tmp_path):
    with pytest.raises(WriteError, match=r"discs\.onnx exists already"):
        export_onnx(trained, folder / "discs.onnx")
    (tmp_path / "a.card.json").write_text("mine")
    with pytest.raises(WriteError, match=r"a\.card\.json exists already"):
        export_onnx(trained, tmp_path / "a.onnx")
    assert not (tmp_path / "a.onnx").exists()


def test_a_folder_that_is_not_there_is_told_in_a_sentence(trained, tmp_path):
    with pytest.raises(WriteError, match="its folder does not exist"):
        export_onnx(trained, tmp_path / "none" / "a.onnx")


def test_missing_packages_are_named_with_how_to_get_them(trained, tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.split(".")[0] == "onnxscript":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StudioError, match="pip install onnx onnxscript"):
        export_onnx(trained, tmp_path / "a.onnx")
