"""Pictures: every kind of pixel as itself, stacks by number, nothing in millimetres that the file did not say."""

import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from unet_studio.errors import ChoiceNeeded, ReadError
from unet_studio.files.label_maps import label_values, read_label_map
from unet_studio.files.volumes import inspect, read_volume, sources
from unet_studio.image.volume import Geometry

GREY = (np.arange(24 * 20) % 251).reshape(24, 20).astype(np.uint8)


def saved(folder, pixels, name, mode=None, **options):
    image = Image.fromarray(pixels) if isinstance(pixels, np.ndarray) else pixels
    path = folder / name
    (image.convert(mode) if mode else image).save(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp"])
def test_a_grey_picture_is_one_slice_without_millimetres(tmp_path, name):
    read = read_volume(saved(tmp_path, GREY, name, dpi=(96, 96)))
    assert np.array_equal(read.voxels, GREY[None]) and read.voxels.dtype == np.uint8
    assert not read.geometry.has_spacing and not read.geometry.has_orientation
    assert (read.name, read.warnings) == ("a", ())


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_sixteen_bits_stay_sixteen(tmp_path, name):
    deep = GREY.astype(np.uint16) * 257
    read = read_volume(saved(tmp_path, deep, name))
    assert read.voxels.dtype == np.uint16 and np.array_equal(read.voxels[0], deep)


def test_floats_and_32_bits_of_a_tiff_stay(tmp_path):
    for pixels in (GREY.astype(np.float32) / 7, GREY.astype(np.int32) * 100000):
        read = read_volume(saved(tmp_path, pixels, "a.tif"))
        assert read.voxels.dtype == pixels.dtype and np.array_equal(read.voxels[0], pixels)


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_one_bit_is_zero_and_one(tmp_path, name):
    read = read_volume(saved(tmp_path, (GREY > 100).astype(np.uint8) * 255, name, "1"))
    assert np.array_equal(read.voxels[0], GREY > 100) and read.voxels.dtype == np.uint8


def test_colour_is_three_channels_and_alpha_is_left_out_with_a_word(tmp_path):
    rgba = np.stack([GREY, GREY // 2, GREY // 3, np.full_like(GREY, 99)], -1)
    colour = read_volume(saved(tmp_path, rgba[..., :3].copy(), "a.png"))
    assert np.array_equal(colour.voxels[0], rgba[..., :3]) and colour.warnings == ()
    clear = read_volume(saved(tmp_path, rgba, "b.png"))
    assert np.array_equal(clear.voxels[0], rgba[..., :3]) and "alpha" in clear.warnings[0]
    la = read_volume(saved(tmp_path, Image.fromarray(GREY).convert("LA"), "c.png"))
    assert np.array_equal(la.voxels[0], GREY) and "alpha" in la.warnings[0]


def test_a_palette_of_greys_is_grey_and_one_of_colours_is_colour(tmp_path):
    image = Image.fromarray(GREY).convert("P")
    assert read_volume(saved(tmp_path, image, "grey.png")).channels == 1
    image.putpalette([v for k in range(256) for v in (k, 255 - k, 0)])
    read = read_volume(saved(tmp_path, image, "colour.png"))
    assert read.channels == 3 and tuple(read.voxels[0, 0, 7]) == (7, 248, 0)


def test_a_picture_its_camera_noted_as_turned_is_turned_with_its_mask(tmp_path):
    image = Image.fromarray(GREY)
    exif = image.getexif()
    exif[0x0112] = 6
    read = read_volume(saved(tmp_path, image, "a.png", exif=exif))
    assert np.array_equal(read.voxels[0], np.rot90(GREY, -1)) and "rotated" in read.warnings[0]
    assert np.array_equal(label_values(tmp_path / "a.png")[1], read.voxels)


def test_the_content_counts_and_not_the_name(tmp_path):
    path = saved(tmp_path, GREY, "a.jpg", quality=95)
    path.rename(tmp_path / "a.png")
    assert np.abs(read_volume(tmp_path / "a.png").voxels[0].astype(int) - GREY).mean() < 20


def test_the_pages_of_a_tiff_are_slices(tmp_path):
    pages = [Image.fromarray(GREY + k) for k in range(4)]
    path = saved(tmp_path, pages[0], "a.tif", save_all=True, append_images=pages[1:])
    read = read_volume(path)
    assert read.voxels.shape == (4, 24, 20) and [int(s[0, 0]) for s in read.voxels] == [0, 1, 2, 3]


def test_pages_that_differ_are_refused_by_number(tmp_path):
    pages = [Image.new("L", (20, 24)), Image.new("L", (20, 24)), Image.new("L", (31, 7))]
    path = saved(tmp_path, pages[0], "a.tif", save_all=True, append_images=pages[1:])
    with pytest.raises(ReadError, match=r"pages of different sizes or kinds \(page 3 differs\)"):
        read_volume(path)


def test_a_microscopes_pixel_size_is_taken_and_dots_per_inch_are_not(tmp_path):
    note = "ImageJ=1.53\nimages=1\nunit=micron\nspacing=2.0\n"
    read = read_volume(saved(tmp_path, GREY, "a.tif", tiffinfo={270: note, 282: 4.0, 283: 2.0})).geometry
    assert read.has_spacing and read.spacing_mm == pytest.approx((0.002, 0.0005, 0.00025))
    for note in ("ImageJ=1.53\nunit=furlong\n", "ImageJ=1.53\nunit=micron\nspacing=x\n", "a note"):
        read = read_volume(saved(tmp_path, GREY, "b.tif", tiffinfo={270: note, 282: 4.0, 283: 2.0})).geometry
        assert not read.has_spacing


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_short_is_refused_and_warns_of_nothing_else(tmp_path, name, share):
    noise = np.random.default_rng(0).integers(0, 255, (64, 64)).astype(np.uint8)
    whole = saved(tmp_path, noise, name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ReadError, match="damaged"):
        read_volume(tmp_path / name)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("side", [30_000, 2**31 - 1])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(tmp_path, side):
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(ReadError, match=r"too large|damaged"):
        read_volume(tmp_path / "bomb.png")


def test_a_large_picture_warns_of_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 300)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_volume(saved(tmp_path, GREY, "a.png")).voxels.size == 480


def folder_of(tmp_path, count=12, name="s{}.png"):
    for k in range(count):
        saved(tmp_path, np.full((6, 5), k, np.uint8), name.format(k))
    return tmp_path


def test_a_folder_of_pictures_asks_whether_they_are_a_stack(tmp_path):
    folder_of(tmp_path)
    with pytest.raises(ChoiceNeeded, match="12 pictures") as asked:
        read_volume(tmp_path)
    assert asked.value.choices[0] == "stack" and "s3.png" in asked.value.choices
    assert read_volume(tmp_path, "s3.png").voxels[0, 0, 0] == 3
    assert inspect(tmp_path).volumes[0].size_xyz == (5, 6, 12)


def test_a_stack_is_in_the_order_of_its_numbers_not_of_its_letters(tmp_path):
    read = read_volume(folder_of(tmp_path), "stack")
    assert [int(s[0, 0]) for s in read.voxels] == list(range(12)) and read.name == tmp_path.name


def test_pictures_that_differ_are_no_stack(tmp_path):
    folder_of(tmp_path)
    saved(tmp_path, GREY, "odd.png")
    with pytest.raises(ReadError, match=r"s0\.png differs in size or kind from odd\.png"):
        read_volume(tmp_path, "stack")


def test_a_folder_of_pictures_is_cases_or_one_stack(tmp_path):
    found = sources([folder_of(tmp_path, 3)])
    assert [c.name for c in found.cases] == ["s0", "s1", "s2"] and found.pictures_may_stack
    assert [(s.path, s.choice) for s in found.stacked()] == [(tmp_path, "stack")]


def test_a_mask_keeps_the_numbers_of_its_pixels(tmp_path):
    mask = (GREY % 3 * 127 + (GREY % 3 == 2)).astype(np.uint8)
    assert label_values(saved(tmp_path, mask, "a.png"))[0] == (0, 127, 255)
    assert label_values(saved(tmp_path, (GREY > 99).astype(np.uint8) * 255, "b.png", "1"))[0] == (0, 1)
    image = Image.fromarray(mask % 7)
    image.putpalette([v for k in range(256) for v in (k, 255 - k, 0)])
    values, found = label_values(saved(tmp_path, image, "c.png"))
    assert np.array_equal(found[0], mask % 7) and values == tuple(np.unique(mask % 7))


def test_a_mask_in_rgb_is_its_grey_and_one_in_colour_is_refused(tmp_path):
    assert np.array_equal(label_values(saved(tmp_path, np.stack([GREY] * 3, -1), "a.png"))[1][0], GREY)
    colour = np.stack([GREY, GREY, 255 - GREY], -1)
    with pytest.raises(ReadError, match="colour picture"):
        label_values(saved(tmp_path, colour, "b.png"))


def test_a_folder_of_pictures_is_a_label_map_on_its_stack(tmp_path):
    labels, warnings_ = read_label_map(
        folder_of(tmp_path), Geometry((12, 6, 5), has_spacing=False, has_orientation=False)
    )
    assert [int(s[0, 0]) for s in labels] == list(range(12)) and warnings_ == ()
