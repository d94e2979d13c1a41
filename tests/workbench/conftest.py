import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.mailbox import Mailbox
from unet_studio.files.decoder import decoder

MEMORY = Path("/dev/shm")
LANES = {"saving", "opening", "cases", "predicting", "training"}


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder on a disk in memory, where there is one: the tests wait for a thousand fsyncs otherwise."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _no_lane_is_left_running() -> Iterator[None]:
    yield
    left = [t.name for t in threading.enumerate() if t.name in LANES]
    assert not left, left


@pytest.fixture(autouse=True)
def _no_warm_decoder_is_taken_for_a_child_left_behind() -> None:
    decoder().close()
    decoder.cache_clear()
