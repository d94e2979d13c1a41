"""Weights of the classic network come over from Keras with the same answers; other files are refused in words."""

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch

from unet_studio.errors import CheckpointError
from unet_studio.segmentation.samples import Intensities
from unet_studio.unet.checkpoint import open_checkpoint, save_checkpoint
from unet_studio.unet.device import choose_runtime
from unet_studio.unet.inference import class_chances
from unet_studio.unet.keras_weights import import_keras
from unet_studio.unet.network import build_network, config_of, parameter_count
from unet_studio.unet.sliding_window import SlidingWindow

CPU = choose_runtime("cpu", precision="fp32")
PARAMETERS = 31_031_685  # of the demo's network for one grey channel
WIDTHS = (64, 128, 256, 512, 1024)


def kernels(*, channels: int = 1, maps: int = 1) -> list[tuple[int, ...]]:
    """The shapes of the kernels, in order, told from the demo's description."""
    shapes: list[tuple[int, ...]] = []
    before = channels
    for width in WIDTHS:
        shapes += [(3, 3, before, width), (3, 3, width, width)]
        before = width
    for width in reversed(WIDTHS[:-1]):
        shapes += [(2, 2, 2 * width, width), (3, 3, 2 * width, width), (3, 3, width, width)]
    last = max(2, maps)
    return [*shapes, (3, 3, 64, last), (1, 1, last, maps)]


def write_keras_2(
    path: Path, shapes: list[tuple[int, ...]], *, first: int = 1, is_whole: bool = False, figure: float = 0.001
) -> None:
    """Listed layers, as Keras 2 numbers them; the figures are fill values, so the file stays small."""
    with h5py.File(path, "w") as file:
        group = file.create_group("model_weights") if is_whole else file
        names = ["input_1"]
        group.create_group("input_1").attrs["weight_names"] = np.array([], dtype="S1")
        for number, shape in enumerate(shapes, first):
            layer = f"conv2d_{number}"
            names.append(layer)
            inner = group.create_group(layer)
            inner.attrs["weight_names"] = [f"{layer}/kernel:0".encode(), f"{layer}/bias:0".encode()]
            inner.create_dataset(f"{layer}/kernel:0", shape=shape, dtype="f4", fillvalue=figure * number)
            inner.create_dataset(f"{layer}/bias:0", shape=shape[3:], dtype="f4", fillvalue=figure)
        half = len(names) // 2
        group.attrs["layer_names0"] = [n.encode() for n in names[:half]]
        group.attrs["layer_names1"] = [n.encode() for n in names[half:]]
        if is_whole:
            file.attrs["model_config"] = b"{}"
            file.create_group("optimizer_weights").create_dataset("iterations:0", data=3)


def write_keras_3(path: Path, shapes: list[tuple[int, ...]], *, container: str = "layers") -> None:
    with h5py.File(path, "w") as file:
        for number, shape in enumerate(shapes):
            inner = file.create_group(f"{container}/conv2d{f'_{number}' if number else ''}/vars")
            inner.create_dataset("0", shape=shape, dtype="f4", fillvalue=0.001 * (number + 1))
            inner.create_dataset("1", shape=shape[3:], dtype="f4", fillvalue=0.001)
        file.create_group(f"{container}/dropout/vars")
        file.create_group("optimizer/vars").create_dataset("0", data=1)


def test_the_count_of_parameters_is_the_demos():
    assert sum(int(np.prod(s)) + s[3] for s in kernels()) == PARAMETERS
    with torch.device("meta"):
        assert parameter_count(build_network(config_of("classic", in_channels=1, classes=2))) == PARAMETERS


@pytest.mark.parametrize("form", ["keras 2", "whole", "keras 3", "keras 2.12"])
def test_layers_come_in_the_order_of_the_network_and_not_of_the_alphabet(form, tmp_path):
    path = tmp_path / ("net.weights.h5" if form.startswith("keras 3") else "net.hdf5")
    if form in ("keras 2", "whole"):
        write_keras_2(path, kernels(), is_whole=form == "whole")
    else:
        write_keras_3(path, kernels(), container="layers" if form == "keras 3" else "_layer_checkpoint_dependencies")
    checkpoint = import_keras(path)
    found = [float(t.flatten()[0]) for name, t in checkpoint.weights.items() if name.endswith("weight")]
    assert found == pytest.approx([0.001 * n for n in range(1, 25)])
    assert checkpoint.card.parameters == PARAMETERS
    assert checkpoint.card.architecture == "classic"
    assert checkpoint.values == (1,)


def test_layers_numbered_from_elsewhere_are_as_good(tmp_path):
    write_keras_2(tmp_path / "second.h5", kernels(), first=95)
    assert import_keras(tmp_path / "second.h5").card.name == "second"


def test_colour_and_several_structures_are_the_same_network(tmp_path):
    write_keras_3(tmp_path / "rgb.weights.h5", kernels(channels=3, maps=4))
    checkpoint = import_keras(tmp_path / "rgb.weights.h5")
    assert (checkpoint.config.in_channels, checkpoint.config.classes) == (3, 4)
    assert [c.name for c in checkpoint.card.label_classes] == ["structure 1", "structure 2", "structure 3"]


def test_an_imported_checkpoint_is_saved_and_opened_like_any_other(tmp_path):
    write_keras_2(tmp_path / "net.h5", kernels())
    save_checkpoint(tmp_path / "net.safetensors", import_keras(tmp_path / "net.h5", name="mine"))
    opened = open_checkpoint(tmp_path / "net.safetensors")
    assert opened.card.name == "mine"
    assert opened.preprocessing.long_side == 256


def spoiled() -> Iterator[tuple[str, list[tuple[int, ...]], str]]:
    shapes = kernels()
    yield "short", shapes[:-1], "holds|another network"
    yield "long", [*shapes, (1, 1, 1, 1)], "25 convolutions"
    yield "narrow", [(3, 3, 1, 32), *shapes[1:]], r"conv2d_1 has a kernel of shape \(3, 3, 1, 32\)"
    yield "swapped", [*shapes[:10], shapes[11], shapes[10], *shapes[12:]], "conv2d_11 has a kernel"
    yield "one", shapes[:1], "another network"
    yield "none", [], "holds no convolution"


@pytest.mark.parametrize(("name", "shapes", "words"), list(spoiled()), ids=[s[0] for s in spoiled()])
def test_weights_of_another_network_are_refused_with_what_differs(name, shapes, words, tmp_path):
    write_keras_2(tmp_path / "other.h5", shapes)
    with pytest.raises(CheckpointError, match=words) as refused:
        import_keras(tmp_path / "other.h5")
    assert "other.h5" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_dense_layer_is_no_part_of_it(tmp_path):
    write_keras_2(tmp_path / "dense.h5", kernels())
    with h5py.File(tmp_path / "dense.h5", "r+") as file:
        del file["conv2d_24/conv2d_24/kernel:0"]
        file["conv2d_24"].create_dataset("conv2d_24/kernel:0", shape=(2, 1), dtype="f4")
    with pytest.raises(CheckpointError, match=r"its layer conv2d_24 has weights of shape \(2, 1\) and \(1,\)"):
        import_keras(tmp_path / "dense.h5")


def test_files_that_are_none_of_keras_are_refused(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    (tmp_path / "net.keras").write_text("")
    with h5py.File(tmp_path / "empty.h5", "w"):
        pass
    write_keras_2(tmp_path / "cut.h5", kernels())
    whole = (tmp_path / "cut.h5").read_bytes()
    (tmp_path / "cut.h5").write_bytes(whole[: len(whole) // 2])
    for name, words in (
        ("text.h5", "no HDF5"),
        ("net.keras", "NAME.weights.h5"),
        ("empty.h5", "without layers of Keras"),
        ("cut.h5", "damaged"),
        ("gone.h5", "not there"),
    ):
        with pytest.raises(CheckpointError, match=words):
            import_keras(tmp_path / name)


def test_weights_that_are_not_finite_are_refused(tmp_path):
    write_keras_2(tmp_path / "nan.h5", kernels(), figure=float("nan"))
    with pytest.raises(CheckpointError, match="not finite"):
        import_keras(tmp_path / "nan.h5")


def test_a_file_can_not_make_us_read_another(tmp_path):
    write_keras_2(tmp_path / "secret.h5", kernels())
    write_keras_2(tmp_path / "link.h5", kernels())
    with h5py.File(tmp_path / "link.h5", "r+") as file:
        del file["conv2d_3"]
        file["conv2d_3"] = h5py.ExternalLink("secret.h5", "/conv2d_3")
    with pytest.raises(CheckpointError, match="conv2d_3 is missing or lies in another file"):
        import_keras(tmp_path / "link.h5")
    write_keras_2(tmp_path / "raw.h5", kernels())
    (tmp_path / "bytes").write_bytes(bytes(4 * 9 * 64))
    with h5py.File(tmp_path / "raw.h5", "r+") as file:
        del file["conv2d_1/conv2d_1/kernel:0"]
        file["conv2d_1"].create_dataset(
            "conv2d_1/kernel:0", (3, 3, 1, 64), "f4", external=[(str(tmp_path / "bytes"), 0, 2304)]
        )
    with pytest.raises(CheckpointError, match="no plain floating-point numbers"):
        import_keras(tmp_path / "raw.h5")


@pytest.fixture(scope="module")
def keras():
    """Keras 3 on torch; tests that need it are skipped where it is not installed (``pip install .[keras]``)."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    found = pytest.importorskip("keras", reason="Keras is not installed; pip install .[keras]")
    if found.backend.backend() != "torch":
        pytest.skip("Keras runs on another backend than torch here")
    yield found
    for name in [n for n in sys.modules if n.split(".")[0] == "keras"]:
        del sys.modules[name]


def demo_network(keras, *, channels: int = 1):
    """The demo's network from its description: 24 convolutions."""
    layers = keras.layers

    def convolved(x, maps, side, activation="relu"):
        start = "he_normal" if side > 1 else "glorot_uniform"
        return layers.Conv2D(maps, side, activation=activation, padding="same", kernel_initializer=start)(x)

    entry = x = layers.Input((None, None, channels))
    skips = []
    for level, width in enumerate(WIDTHS):
        x = convolved(convolved(x, width, 3), width, 3)
        if level >= 3:
            x = layers.Dropout(0.5)(x)
        skips.append(x)
        if level < 4:
            x = layers.MaxPooling2D()(x)
    for width, skip in zip(reversed(WIDTHS[:-1]), reversed(skips[:-1]), strict=True):
        x = convolved(layers.UpSampling2D()(x), width, 2)
        x = convolved(convolved(layers.Concatenate(axis=3)([skip, x]), width, 3), width, 3)
    return keras.Model(entry, convolved(convolved(x, 2, 3), 1, 1, "sigmoid"))


@pytest.fixture(scope="module")
def answered(keras):
    """The demo's network with random weights, a picture, and the chances Keras gives for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras' own
        keras.utils.set_random_seed(3)
        network = demo_network(keras)
        for weight in network.weights:
            if weight.ndim == 1:
                weight.assign(np.random.default_rng(0).normal(0, 0.1, weight.shape))
        picture = np.random.default_rng(1).integers(0, 256, (256, 256, 1)).astype(np.float32)
        chances = network.predict(picture[None] / 255, verbose=0)[0, ..., 0]
    assert network.count_params() == PARAMETERS
    assert float(np.ptp(chances)) > 0.01
    return network, picture, chances


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5", "whole.h5"])
@pytest.mark.filterwarnings("ignore")
def test_it_answers_as_keras_does(answered, name, tmp_path):
    network, picture, wanted = answered
    save = network.save_weights if name == "net.weights.h5" else network.save
    save(tmp_path / name)
    if name == "net.h5":  # weights alone are the same lists one group higher up
        with h5py.File(tmp_path / name) as whole, h5py.File(tmp_path / "alone.h5", "w") as file:
            file.attrs.update(whole["model_weights"].attrs)
            for key in whole["model_weights"]:
                whole.copy(whole["model_weights"][key], file, key)
        (tmp_path / "alone.h5").replace(tmp_path / name)
    checkpoint = import_keras(tmp_path / name)
    plan = checkpoint.preprocessing
    window = SlidingWindow(checkpoint.network(), CPU, field=plan.field, stride=plan.stride)
    figures = Intensities(0, 255, 127, 74, 0, 255)
    found = class_chances(window, plan, image=picture, around=(), spacing_mm=(1.0, 1.0), intensities=figures)
    assert np.abs(found[1].numpy() - wanted).max() < 1e-4
