"""Exports on a disk that fails at each step, and on one that is really full."""

import errno
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest

from tests.files.phantoms import dicom_series
from tests.project.faults import every_step, snapshot
from tests.workbench.making import ONE, TWO, add_case, ball_of, new_store, write_scan
from unet_studio.errors import WriteError
from unet_studio.progress import finish
from unet_studio.workbench.export import exporting

FORMATS = (".nii.gz", ".seg.nrrd", ".nrrd", ".mha", ".stl", ".ply", ".png", ".csv", ".xlsx")


@pytest.fixture
def item(tmp_path):
    """A case, its scan and labels to export."""
    with new_store(tmp_path) as store:
        case, volume = add_case(store, write_scan(tmp_path / "scan.nii.gz"))
    return case, tmp_path / "scan.nii.gz", ball_of(volume)


def kept(name: str, content: bytes) -> object:
    """What two exports of one mask have in common: a workbook tells the time, DICOM that and its own UIDs, of any length."""
    if name.endswith(".dcm"):
        dataset = pydicom.dcmread(io.BytesIO(content))
        return [(element.tag, element.VR) for element in dataset.iterall()], dataset.get("PixelData")
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {part: book.read(part) for part in book.namelist() if part != "docProps/core.xml"}
    return content


def check_failed(folder: Path, before: dict[str, bytes], whole: dict[str, bytes], error: Exception) -> None:
    """One sentence; what was there is as it was; what is new is whole, as when only the last sync of the folder failed."""
    assert isinstance(error, WriteError), repr(error)
    assert "\n" not in str(error) and str(error).endswith(".")
    now = snapshot(folder)
    assert before.items() <= now.items()
    for name in now.keys() - before.keys():
        assert kept(name, now[name]) == kept(name, whole[name]), name
        (folder / name).unlink()
    for made in (p for p in folder.rglob("*") if p.is_dir()):
        made.rmdir()


def exported_whole(items, place: Path, suffix: str, before: dict[str, bytes]) -> dict[str, bytes]:
    """What the export leaves in a folder with these files where nothing fails."""
    place.mkdir()
    for name, content in before.items():
        (place / name).write_bytes(content)
    finish(exporting(items, place, suffix, (ONE, TWO)))
    return snapshot(place)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("number", "is_short"), [(errno.ENOSPC, True), (errno.EIO, False), (errno.EACCES, False), (errno.EROFS, False)]
)
def test_at_whatever_step_the_disk_fails_nothing_is_left_and_nothing_lost(
    item, tmp_path, suffix, number, is_short
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / f"scan{suffix}").write_bytes(b"an older file of that name")
    before = snapshot(folder)
    whole = exported_whole([item], tmp_path / "whole", suffix, before)
    failures = every_step(
        folder, lambda: finish(exporting([item], folder, suffix, (ONE, TWO))), number=number, is_short=is_short,
        failed=lambda _, error: check_failed(folder, before, whole, error),
    )  # fmt: skip
    assert failures > 0
    assert before.items() <= snapshot(folder).items()
    assert len(snapshot(folder)) > len(before)


@pytest.mark.parametrize("suffix", [".dcm", ".rtstruct.dcm"])
def test_dicom_exports_leave_nothing_of_a_failure(tmp_path, suffix) -> None:
    (tmp_path / "series").mkdir()
    dicom_series(tmp_path / "series")
    with new_store(tmp_path) as store:
        case, volume = add_case(store, tmp_path / "series", "series")
    labels = np.zeros(volume.geometry.shape, np.uint8)
    labels[:, 2:5, 2:6] = 1
    folder = tmp_path / "out"
    folder.mkdir()
    items = [(case, tmp_path / "series", labels)]
    whole = exported_whole(items, tmp_path / "whole", suffix, {})
    failures = every_step(
        folder, lambda: finish(exporting(items, folder, suffix, (ONE, TWO))), number=errno.ENOSPC, is_short=True,
        failed=lambda _, error: check_failed(folder, {}, whole, error),
    )  # fmt: skip
    assert failures > 0
    assert len(snapshot(folder)) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("suffix", [".nii", ".seg.nrrd", ".png", ".stl"])
def test_on_a_disk_that_is_really_full_an_export_is_one_sentence(item, tmp_path, suffix) -> None:
    place = tmp_path / "tiny"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with (place / "ballast").open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
            while True:
                stream.write(b"x" * 4096)
        with pytest.raises(WriteError, match="full"):
            finish(exporting([item], place, suffix, (ONE, TWO)))
        assert os.listdir(place) == ["ballast"]  # noqa: PTH208 - hidden files too
        (place / "ballast").unlink()
        assert finish(exporting([item], place, suffix, (ONE, TWO)))[0].files
    finally:
        subprocess.run(["umount", "-l", place], check=True)
