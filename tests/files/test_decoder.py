"""The decoding child: whatever a library does to itself there is one sentence here, and the next file opens."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from pydicom.data import get_testdata_file

from tests.files.bad_decoders import COMMAND
from tests.files.phantoms import nifti_file
from unet_studio.errors import ReadError
from unet_studio.files import decoder as decoder_module
from unet_studio.files import dicom_pixels, pictures
from unet_studio.files.decoder import Decoder
from unet_studio.files.volumes import inspect, read_volume

ROOT = Path(__file__).parents[2]
SCAN = Path("scan.dcm")
GRACE_S = 15.0  # what a busy machine may add to a deadline


@pytest.fixture(scope="module")
def bad():
    one = Decoder(COMMAND, least_s=1.0)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("task", "least_s", "words"),
    [("hang", 1.0, "given up after 1 s"), ("abort", 1.0, "broke down"), ("bomb", 60.0, "far more memory")],
)
def test_what_ends_a_decoder_is_one_sentence_in_time_and_the_next_file_is_decoded(
    bad, monkeypatch, task, least_s, words
):
    monkeypatch.setattr(bad, "_least_s", least_s)
    before = bad.facts("whoami", SCAN)
    started = time.monotonic()
    with pytest.raises(ReadError, match=rf"^scan\.dcm is damaged, or too large: .*{words}.*\.$"):
        bad.facts(task, SCAN)
    assert time.monotonic() - started < least_s + GRACE_S
    assert bad.facts("whoami", SCAN) != before
    assert not psutil.pid_exists(before)


def test_memory_is_watched_from_outside_too_where_the_system_sets_no_limit(monkeypatch):
    monkeypatch.setattr(decoder_module, "_SPARE_BYTES", 1 << 40)
    unlimited = Decoder(COMMAND, least_s=60.0)
    try:
        pid = unlimited.facts("whoami", SCAN)
        monkeypatch.setattr(decoder_module._Watch, "limit", _limit_of_300_mb)
        with pytest.raises(ReadError, match="far more memory"):
            unlimited.facts("bomb", SCAN)
        assert not psutil.pid_exists(pid)
    finally:
        unlimited.close()


def _limit_of_300_mb(watch, seconds, most):
    watch._late, watch._most = time.monotonic() + seconds, 300 << 20


def test_a_decoders_own_sentence_and_its_stumbling_keep_the_child(bad):
    pid = bad.facts("whoami", SCAN)
    with pytest.raises(ReadError, match=r"^scan\.dcm is no good\.$"):
        bad.facts("refuse", SCAN)
    with pytest.raises(ReadError, match="can't be decoded") as told:
        bad.facts("stumble", SCAN)
    assert "doe" not in str(told.value)
    assert bad.facts("whoami", SCAN) == pid


def test_what_decoders_print_goes_nowhere_and_forges_no_answer(bad, capfd):
    assert bad.facts("chatter", SCAN) == {"name": "scan.dcm"}
    assert capfd.readouterr() == ("", "")


def test_an_array_comes_back_as_it_was(bad):
    found = bad.array("numbers", SCAN, 6, nbytes=12)
    assert found.dtype == np.int16 and np.array_equal(found, [[0, 1, 2], [3, 4, 5]])


def test_an_array_larger_than_was_asked_for_is_not_taken(bad):
    with pytest.raises(ReadError, match="broke down"):
        bad.array("huge", SCAN, nbytes=100)
    with pytest.raises(ReadError):
        bad.array("whoami", SCAN, nbytes=100)  # no array at all


def test_threads_get_each_their_own_answer(bad):
    found: dict[int, int] = {}

    def ask(count: int) -> None:
        found[count] = bad.array("numbers", SCAN, count, nbytes=2000).size

    threads = [threading.Thread(target=ask, args=(2 * n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {2 * n: 2 * n for n in range(1, 9)}


def test_a_path_that_is_no_text_reaches_the_child(bad):
    assert bad.facts("chatter", Path("bad\udcffname.dcm")) == {"name": "bad\udcffname.dcm"}


def test_a_closed_decoder_starts_nothing_any_more():
    closed = Decoder(COMMAND)
    pid = closed.facts("whoami", SCAN)
    closed.close()
    assert not psutil.pid_exists(pid)
    with pytest.raises(ReadError, match="being closed"):
        closed.facts("whoami", SCAN)


def test_a_child_that_can_not_start_is_a_sentence():
    for command in (("/no/such/program",), (sys.executable, "-c", "print('no JSON')"), (sys.executable, "-c", "")):
        with pytest.raises(ReadError, match="decoder did not start"):
            Decoder(command).facts("picture", SCAN)


def test_a_hanging_library_costs_a_scan_its_deadline_and_no_more(bad, monkeypatch, tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "a.png")
    monkeypatch.setattr(dicom_pixels, "decoder", lambda: bad)
    monkeypatch.setattr(pictures, "decoder", lambda: bad)
    for path in (Path(str(get_testdata_file("MR_small_RLE.dcm", download=False))), tmp_path / "a.png"):
        found = inspect(path)
        assert found.outcome == "error" and path.name in found.message and "given up" in found.message
    assert read_volume(nifti_file(tmp_path)).voxels.size
    monkeypatch.undo()
    assert inspect(tmp_path / "a.png").outcome.startswith("opens")


def test_interrupting_a_question_does_not_give_its_answer_to_the_next(bad, monkeypatch):
    real = decoder_module._line
    calls = []

    def interrupted(stream):
        calls.append(real(stream))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return calls[-1]

    bad.facts("whoami", SCAN)
    monkeypatch.setattr(decoder_module, "_line", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bad.facts("chatter", SCAN)
    monkeypatch.undo()
    assert isinstance(bad.facts("whoami", SCAN), int)


KILLED = """
import sys
from pathlib import Path
from tests.files.bad_decoders import COMMAND
from unet_studio.files.decoder import Decoder
one = Decoder(COMMAND, least_s=1.0)
print(one.facts("whoami", Path("a")), flush=True)
one.facts(sys.argv[1], Path("a")) if sys.argv[1] else sys.stdin.read()
"""


@pytest.mark.parametrize("task", ["", "hang"])
def test_no_child_outlives_a_program_that_was_killed(task):
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, task], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        child = psutil.Process(int(program.stdout.readline()))
        program.kill()
    assert psutil.wait_procs([child], timeout=30)[1] == []


def test_nifti_and_uncompressed_dicom_need_no_child():
    scan = str(get_testdata_file("CT_small.dcm", download=False))
    code = (
        "import sys; from pathlib import Path; from unet_studio.files.volumes import read_volume;"
        f"read_volume(Path({scan!r}));"
        "import psutil; assert not psutil.Process().children();"
        "bad = {'pydicom', 'SimpleITK', 'PIL', 'nibabel'} & set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
