"""Slices reach the network alike however they were saved, and answers come back on the scan's own pixels."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from unet_studio.segmentation.samples import Intensities
from unet_studio.unet.preprocessing import Preprocessing, centred, preprocessing_from_json, resized

GREY = Preprocessing("volume", 0, 0, (0.0,), (1.0,), (1.0, 1.0), None, (32, 32), 16)
CT = Preprocessing("window", -100, 300, (20.0,), (50.0,), (0.8, 0.8), None, (32, 32), 16)
COLOUR = Preprocessing("colour", 0, 255, (120.0, 100.0, 80.0), (40.0, 30.0, 20.0), None, None, (32, 32), 16)


def figures(image: np.ndarray) -> Intensities:
    low, high = np.percentile(image, [0.5, 99.5])
    return Intensities(float(low), float(high), *(float(f(image)) for f in (np.mean, np.std, np.min, np.max)))


def picture(rows: int = 24, columns: int = 30, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(0).normal(500, 90, (rows, columns, channels)).astype(np.float32)


def test_a_scan_saved_with_other_scaling_looks_the_same_to_the_network():
    image = picture()
    other = image * 0.01 - 3
    a, b = GREY.normalise(image, figures(image)), GREY.normalise(other, figures(other))
    assert torch.allclose(a, b, atol=1e-3)
    assert abs(float(a.mean())) < 0.05
    assert abs(float(a.std()) - 1) < 0.1


def test_ct_keeps_its_units_and_is_clipped_to_the_window():
    image = np.array([[[-1000.0], [20.0], [70.0], [3000.0]]], np.float32)
    normal = CT.normalise(image, figures(image))
    assert normal.flatten().tolist() == pytest.approx([-2.4, 0.0, 1.0, 5.6])


def test_each_colour_has_its_own_mean_and_deviation():
    image = np.array([[[160.0, 100.0, 60.0]]], np.float32)
    assert COLOUR.normalise(image, figures(image)).flatten().tolist() == pytest.approx([1.0, 0.0, -1.0])
    assert COLOUR.channels == 3


def test_a_volume_of_one_intensity_is_zero_and_not_infinite():
    image = np.full((4, 4, 1), 7.0, np.float32)
    assert torch.equal(GREY.normalise(image, figures(image)), torch.zeros(1, 4, 4))


def test_slices_are_resampled_to_the_training_spacing_unless_it_is_close():
    assert GREY.working_size((100, 80), (0.5, 0.5)) == (50, 40)
    assert GREY.working_size((100, 80), (1.05, 0.95)) == (100, 80)
    assert GREY.working_size((100, 80), (1.0, 2.0)) == (100, 160)
    assert GREY.working_size((100, 80), None) == (100, 80)


def test_an_absurd_spacing_does_not_ask_for_endless_memory():
    assert GREY.working_size((100, 80), (1000.0, 1000.0)) == (400, 320)
    assert GREY.working_size((100, 80), (1e-6, 1e-6)) == (3, 2)


def test_pictures_without_mm_are_brought_to_the_long_side_of_training():
    films = replace(GREY, spacing_mm=None, long_side=192)
    assert films.working_size((2000, 1000), None) == (192, 96)
    assert films.working_size((180, 100), (0.1, 0.1)) == (180, 100)  # close enough


def test_what_the_network_sees_is_padded_to_the_field_and_the_stride_with_zero():
    image = picture(20, 50)
    prepared = GREY.prepare(image, (1.0, 1.0), figures(image))
    assert prepared.shape == (1, 1, 32, 64)
    assert torch.equal(prepared[..., :6, :], torch.zeros(1, 1, 6, 64))
    assert torch.equal(prepared[..., :7], torch.zeros(1, 1, 32, 7))


@pytest.mark.parametrize("size", [(16, 16), (33, 31), (1, 1), (100, 17)])
@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0), (0.45, 0.7), None])
def test_answers_come_back_on_the_scans_own_pixels(size, spacing_mm):
    image = picture(*size)
    prepared = GREY.prepare(image, spacing_mm, figures(image))
    assert all(n % 16 == 0 for n in prepared.shape[2:])
    chances = torch.rand(3, *prepared.shape[2:]).softmax(dim=0)
    back = GREY.restore(chances, size, spacing_mm)
    assert back.shape == (3, *size)
    assert torch.allclose(back.sum(dim=0), torch.ones(size), atol=1e-5)


def test_padding_and_cutting_undo_each_other():
    pixels = torch.rand(2, 13, 22)
    assert torch.equal(centred(centred(pixels, (32, 48)), (13, 22)), pixels)


def test_resampling_a_ramp_keeps_it_a_ramp_without_a_shift():
    ramp = torch.arange(40.0).repeat(40, 1)[None]
    half = resized(ramp, (20, 20))
    assert torch.allclose(half[0, 10, 2:-2], torch.arange(20.0)[2:-2] * 2 + 0.5, atol=1e-4)


@pytest.mark.parametrize("one", [GREY, CT, COLOUR, replace(GREY, spacing_mm=None, long_side=192)])
def test_it_survives_its_json(one):
    assert preprocessing_from_json(one.to_json()) == one


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("normalisation", "magic"),
        ("stride", 0),
        ("stride", 10**9),
        ("field", [32]),
        ("mean", []),
        ("low", float("nan")),
        ("spacing_mm", [0.0, 1.0]),
        ("spacing_mm", "wide"),
        ("unheard", 1),
    ],
)
def test_json_of_something_else_is_refused(field, value):
    fields = {**json.loads(GREY.to_json()), field: value}
    with pytest.raises(ValueError):
        preprocessing_from_json(json.dumps(fields))


def test_slices_beside_are_shown_where_the_network_sees_around_and_the_slice_stands_in_for_missing_ones():
    image, around = picture(4, 5), (picture(4, 5) - 1, picture(4, 5) + 1, picture(4, 5) - 2, picture(4, 5) + 2)
    wide = replace(GREY, neighbours=1)
    assert (GREY.inputs, wide.inputs, wide.channels) == (1, 3, 1)
    assert np.array_equal(GREY.seen(image, around), image)
    assert np.array_equal(wide.seen(image, around), np.concatenate([image, *around[:2]], axis=2))
    assert np.array_equal(wide.seen(image, ()), np.tile(image, (1, 1, 3)))
    assert preprocessing_from_json(wide.to_json()) == wide


@pytest.mark.parametrize(("told", "neighbours"), [(True, 1), (False, 0)])
def test_checkpoints_from_before_there_were_several_neighbours_are_read(told, neighbours):
    fields = json.loads(GREY.to_json())
    del fields["neighbours"]
    read = preprocessing_from_json(json.dumps({**fields, "sees_around": told}))
    assert read == replace(GREY, neighbours=neighbours)


def test_slices_beside_are_normalised_as_the_slice_is():
    image = np.array([[[160.0, 100.0, 60.0]]], np.float32)
    wide = replace(COLOUR, neighbours=1)
    normal = wide.normalise(wide.seen(image, ()), figures(image))
    assert normal.flatten().tolist() == pytest.approx([1.0, 0.0, -1.0] * 3)
