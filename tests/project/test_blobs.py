import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from unet_studio.labels.label_map import Labels
from unet_studio.project.blobs import pack, unpack

some = arrays(np.uint8, array_shapes(min_dims=2, max_dims=3, max_side=9))


@given(some)
def test_labels_come_back_as_they_were(labels: Labels) -> None:
    back = unpack(pack(labels), labels.shape)
    assert np.array_equal(back, labels) and back.flags.writeable
    turned = labels.swapaxes(0, 1)[::-1]
    assert np.array_equal(unpack(pack(turned), turned.shape), turned)


@given(some, st.data())
def test_every_changed_bit_is_noticed(labels: Labels, data: st.DataObject) -> None:
    blob = bytearray(pack(labels))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match="checksum"):
        unpack(bytes(blob), labels.shape)


@pytest.mark.parametrize("shape", [(3, 3), (3, 5), (0, 0)])
def test_another_shape_is_noticed(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="voxels"):
        unpack(pack(np.ones((3, 4), np.uint8)), shape)


@pytest.mark.parametrize("blob", [b"", b"abc", b"\0" * 4, zlib.crc32(b"no zlib").to_bytes(4, "big") + b"no zlib"])
def test_what_is_no_blob_at_all_is_noticed(blob: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(blob, (2, 2))


def test_a_small_blob_can_not_fill_the_memory() -> None:
    packed = zlib.compress(bytes(20_000_000), 1)
    with pytest.raises(ValueError, match="not 6 voxels"):
        unpack(zlib.crc32(packed).to_bytes(4, "big") + packed, (2, 3))
