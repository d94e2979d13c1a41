"""A checkpoint comes back as it was, and anything else is refused in one sentence that names the file."""

import json
import pickle
import struct
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save as to_safetensors

from unet_studio.errors import CheckpointError, WriteError
from unet_studio.unet import checkpoint as checkpoints
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint, read_card, save_checkpoint


@pytest.fixture
def path(tmp_path: Path, trained: Checkpoint) -> Path:
    path = tmp_path / "discs.safetensors"
    save_checkpoint(path, trained)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(CheckpointError) as caught:
        open_checkpoint(path)
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_what_was_saved_is_what_is_opened(path, trained):
    opened = open_checkpoint(path)
    assert opened.config == trained.config
    assert opened.preprocessing == trained.preprocessing
    assert opened.card == trained.card
    assert opened.values == (1, 4)
    assert all(torch.equal(opened.weights[name], tensor) for name, tensor in trained.weights.items())


def test_opened_networks_answer_as_the_trained_one(path, trained):
    x = torch.randn(1, trained.config.in_channels, 48, 48)
    with torch.no_grad():
        assert torch.equal(open_checkpoint(path).network()(x), trained.network()(x))


def test_a_network_made_of_a_checkpoint_can_be_changed_without_changing_it(trained):
    network = trained.network()
    with torch.no_grad():
        next(network.parameters()).zero_()
    assert any(bool(t.abs().sum() > 0) for t in trained.weights.values())
    assert not torch.equal(next(network.parameters()), trained.weights[next(iter(dict(network.named_parameters())))])


def test_the_card_is_read_without_the_weights(path, trained):
    assert read_card(path) == trained.card


def test_a_checkpoint_is_never_overwritten(path, trained):
    before = path.read_bytes()
    with pytest.raises(WriteError, match=r"discs\.safetensors exists already"):
        save_checkpoint(path, trained.renamed("other"))
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path, trained):
    with pytest.raises(WriteError, match=r"a\.safetensors could not be written"):
        save_checkpoint(tmp_path / "nowhere" / "a.safetensors", trained)
    assert list(tmp_path.iterdir()) == []


def test_saving_leaves_nothing_beside(path):
    assert [p.name for p in path.parent.iterdir()] == ["discs.safetensors"]


def test_a_renamed_checkpoint_is_sound(tmp_path, trained):
    save_checkpoint(tmp_path / "b.safetensors", trained.renamed("Ärztin’s network"))
    assert open_checkpoint(tmp_path / "b.safetensors").card.name == "Ärztin’s network"


def test_a_truncated_file_is_refused(path):
    whole = path.read_bytes()
    for length in (5, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert "damaged" in refusal(path)


def test_a_flipped_bit_is_noticed_wherever_it_is(path):
    whole = path.read_bytes()
    header = struct.unpack("<Q", whole[:8])[0]
    for position in (3, 40, header // 2, header - 40, header + 8, (header + len(whole)) // 2, len(whole) - 2):
        spoiled = bytearray(whole)
        spoiled[position] ^= 0x04
        path.write_bytes(bytes(spoiled))
        assert refusal(path)


def test_an_empty_file_is_refused(path):
    path.write_bytes(b"")
    assert "empty" in refusal(path)


def test_a_failed_download_is_called_a_web_page(path):
    path.write_bytes(b"<html><body>404 Not Found</body></html>")
    assert "web page" in refusal(path)


def test_a_missing_file_is_told(tmp_path):
    assert "not there any more" in refusal(tmp_path / "gone.safetensors")
    assert "can't be read" in refusal(tmp_path)


class Evil:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("zipped", [True, False])
def test_pickled_weights_under_our_name_are_refused_and_not_run(tmp_path, zipped):
    mark = tmp_path / "mark"
    path = tmp_path / "evil.safetensors"
    torch.save({"x": Evil(mark)}, path, _use_new_zipfile_serialization=zipped)
    assert "refused as unsafe" in refusal(path)
    path.write_bytes(pickle.dumps(Evil(mark)))
    assert refusal(path)
    assert not mark.exists()
    pickle.loads(path.read_bytes())
    assert mark.exists()  # the file is live: the refusal is what kept it from running


@pytest.mark.parametrize(
    "content",
    [
        struct.pack("<Q", 2**63 - 1) + b"{}",
        struct.pack("<Q", 200) + b"{}",
        *(
            struct.pack("<Q", len(header)) + header + bytes(8)
            for header in (
                json.dumps({"a": {"dtype": "F32", "shape": [2**40, 2**20], "data_offsets": [0, 8]}}).encode(),
                json.dumps({n: {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} for n in "ab"}).encode(),
                b"[" * 60,
            )
        ),
    ],
)
def test_headers_that_lie_are_refused(path, content):
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_weights_of_another_program_are_refused(path, trained):
    for metadata in (None, {"format": "pt"}):
        path.write_bytes(to_safetensors(dict(trained.weights), metadata))
        assert "another program" in refusal(path)
        with pytest.raises(CheckpointError, match="another program"):
            read_card(path)


def test_a_later_format_is_named_with_both_numbers(path, trained, monkeypatch):
    path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "_FORMAT", 7)
        save_checkpoint(path, trained)
    message = refusal(path)
    assert "format 7" in message
    assert "reads 1" in message


def test_weights_that_are_not_finite_are_refused(path, trained):
    path.unlink()
    weights = {**trained.weights, "head.bias": torch.full((3,), float("nan"))}
    save_checkpoint(path, replace(trained, weights=weights))
    assert "not finite" in refusal(path)


def test_weights_of_another_shape_or_name_are_refused(path, trained):
    for weights in (
        {**trained.weights, "head.bias": torch.zeros(4)},
        {**trained.weights, "extra": torch.zeros(1)},
        {name: t for name, t in trained.weights.items() if name != "head.bias"},
        {**trained.weights, "head.bias": torch.zeros(3, dtype=torch.float64)},
    ):
        path.unlink()
        save_checkpoint(path, replace(trained, weights=weights))
        assert "other layers" in refusal(path)


def test_a_card_that_does_not_fit_the_network_is_refused(path, trained):
    path.unlink()
    card = replace(trained.card, label_classes=trained.card.label_classes[:1])
    save_checkpoint(path, replace(trained, card=card))
    assert "damaged" in refusal(path)
