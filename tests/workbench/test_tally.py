"""How many voxels each label has."""

import numpy as np
import pytest

from unet_studio.labels.edit import LabelEdit
from unet_studio.workbench.tally import count, recounted

SIZE = (9, 200, 200)  # more than are counted one way


@pytest.mark.parametrize("values", [(0, 1), (0, 1, 7, 255), tuple(range(40))])
@pytest.mark.parametrize("fresh", [(), (9,), (9, 200)])
def test_a_large_edit_is_counted_as_the_whole_map_is(values, fresh):
    rng = np.random.default_rng(len(values))
    before, after = rng.choice(values, SIZE).astype(np.uint8), rng.choice((*values, *fresh), SIZE).astype(np.uint8)
    edit = LabelEdit("Grow", (0, 0, 0), before, after)
    assert np.array_equal(recounted(count(before), edit), count(after))
