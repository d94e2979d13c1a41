"""Whatever goes wrong while a file is written, the old one is whole and nothing else is left."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from tests.files.phantoms import SHAPE, labels
from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file, replace_folder
from unet_studio.files.label_maps import write_label_map
from unet_studio.image.volume import Geometry

GRID = Geometry(SHAPE)
FORMATS = (".nii.gz", ".nii", ".nrrd", ".mha", ".tif")


def test_the_new_content_is_there_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    replace_file(path, lambda beside: beside.write_text("new") and None)
    assert path.read_text() == "new" and os.listdir(tmp_path) == ["a"]  # noqa: PTH208 - hidden files too


def test_a_name_of_255_bytes_can_be_written(tmp_path):
    path = tmp_path / ("n" * 255)
    replace_file(path, lambda beside: beside.write_text("new") and None)
    assert path.read_text() == "new"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "Input/output error"),
        (errno.EDQUOT, "share of the disk"),
    ],
)
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_an_error_at_any_step_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, number, words, step):
    path = tmp_path / "a.nii.gz"
    path.write_text("old")

    def fails(*_args, **_options):
        raise OSError(number, os.strerror(number))

    if step != "write":
        monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fails)
    with pytest.raises(WriteError, match=f"a.nii.gz could not be saved: .*{words}"):
        replace_file(path, fails if step == "write" else lambda beside: beside.write_text("new") and None)
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["a.nii.gz"]  # noqa: PTH208


def test_a_bug_in_the_writer_rises_and_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError):
        replace_file(tmp_path / "a", lambda _beside: 1 / 0)
    assert not os.listdir(tmp_path)  # noqa: PTH208


@pytest.mark.parametrize("ending", FORMATS)
def test_a_disk_that_loses_the_end_without_a_word_is_found_out(tmp_path, monkeypatch, ending):
    path = write_label_map(tmp_path / f"m{ending}", labels(), GRID)
    before = path.read_bytes()
    from unet_studio.files import write

    compare = write._compare

    def lose(beside, *rest):
        os.truncate(beside, beside.stat().st_size * 2 // 3)
        compare(beside, *rest)

    monkeypatch.setattr(write, "_compare", lose)
    with pytest.raises(WriteError, match="saved"):
        write_label_map(path, labels() // 2, GRID)
    assert path.read_bytes() == before and os.listdir(tmp_path) == [path.name]  # noqa: PTH208


def test_a_disk_that_changes_a_voxel_is_found_out(tmp_path, monkeypatch):
    from unet_studio.files import write

    compare = write._compare

    def flip(beside, *rest):
        content = bytearray(beside.read_bytes())
        content[-1] ^= 1
        beside.write_bytes(content)
        compare(beside, *rest)

    monkeypatch.setattr(write, "_compare", flip)
    with pytest.raises(WriteError, match="not saved as it should be"):
        write_label_map(tmp_path / "m.nii", labels(), GRID)
    assert not os.listdir(tmp_path)  # noqa: PTH208


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX's")
@pytest.mark.parametrize("ending", [*FORMATS, ".png"])
def test_a_full_disk_is_a_sentence_in_every_format(tmp_path, ending):
    program = textwrap.dedent(f"""
        import resource, signal, sys
        import numpy as np
        from pathlib import Path
        from unet_studio.errors import WriteError
        from unet_studio.files.label_maps import write_label_map
        from unet_studio.image.volume import Geometry
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        noise = np.random.default_rng(0).integers(0, 255, (4, 100, 100)).astype(np.uint8)
        try:
            write_label_map(Path({str(tmp_path)!r}) / "m{ending}", noise, Geometry(noise.shape))
        except WriteError as error:
            print(error)
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "could not be saved" in done.stdout and not os.listdir(tmp_path), done  # noqa: PTH208


def test_writing_into_a_missing_folder_or_over_a_folder_is_refused(tmp_path):
    with pytest.raises(WriteError, match="folder does not exist"):
        write_label_map(tmp_path / "gone" / "m.nii.gz", labels(), GRID)
    (tmp_path / "m.nii.gz").mkdir()
    with pytest.raises(WriteError, match="folder of that name"):
        write_label_map(tmp_path / "m.nii.gz", labels(), GRID)
    assert os.listdir(tmp_path) == ["m.nii.gz"]  # noqa: PTH208


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root")
def test_writing_into_a_folder_without_permission_is_refused(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(WriteError, match="no permission"):
        write_label_map(tmp_path / "m.nii.gz", labels(), GRID)
    tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("step", [0, 1])
def test_a_folder_that_can_not_be_put_in_place_leaves_the_old_one(tmp_path, monkeypatch, step):
    old = tmp_path / "c"
    old.mkdir()
    (old / "mine").write_text("old")
    rename, calls = Path.rename, []

    def fails(self, target):
        calls.append(target)
        if len(calls) == step + 1:
            raise OSError(errno.EACCES, "denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(WriteError, match="no permission"):
        replace_folder(old, lambda beside: (beside / "new").write_text("x") and None)
    assert (old / "mine").read_text() == "old" and os.listdir(tmp_path) == ["c"]  # noqa: PTH208


def test_killed_at_any_moment_the_file_is_one_of_the_two(tmp_path):
    path = write_label_map(tmp_path / "m.nii.gz", labels(), GRID)
    program = textwrap.dedent(f"""
        import numpy as np
        from pathlib import Path
        from unet_studio.files.label_maps import write_label_map
        from unet_studio.image.volume import Geometry
        drawn = np.zeros({SHAPE}, np.uint8)
        print("ready", flush=True)
        while True:
            drawn = 1 - drawn
            write_label_map(Path({str(path)!r}), drawn, Geometry({SHAPE}))
    """)
    from unet_studio.files.label_maps import label_values

    for wait in (0.0, 0.01, 0.05):
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        try:
            child.wait(wait)
        except subprocess.TimeoutExpired:
            child.kill()
        child.communicate()
        assert label_values(path)[0] in {(0,), (1,), (0, 1, 2, 255)}
    shutil.rmtree(tmp_path)


def test_the_same_labels_give_the_same_bytes(tmp_path):
    first = write_label_map(tmp_path / "a.nii.gz", labels(), GRID).read_bytes()
    assert write_label_map(tmp_path / "b.nii.gz", np.asfortranarray(labels()), GRID).read_bytes() == first
