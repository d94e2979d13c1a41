"""Identities planted in a DICOM series are in nothing that the program writes, but for the formats that demand them."""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.files.phantoms import dicom_series
from unet_studio import cli

ROOT = Path(__file__).parents[2]
PLANTED = {
    "PatientName": "Zyxdoe^Johanna", "PatientID": "PID-774411", "PatientBirthDate": "19610317",
    "AccessionNumber": "ACC-558822", "InstitutionName": "Saint Planted Hospital", "ReferringPhysicianName": "Refzyx^Ottoplanted",
    "StudyID": "STUDYZYX9", "PatientAddress": "Planted Lane 5", "OperatorsName": "Operzyx^Idaplanted",
}  # fmt: skip
TRACES = [part for value in PLANTED.values() for part in value.replace("^", "|").split("|")]


def contents(file: Path) -> list[bytes]:
    """What a file holds, also packed."""
    raw = [file.read_bytes()]
    if raw[0][:2] == b"\x1f\x8b":
        raw.append(gzip.decompress(raw[0]))
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            raw += [archive.read(name) for name in archive.namelist()]
    return raw


def traces_in(folder: Path) -> list[tuple[str, str]]:
    """Every planted word in the name or the content of a file below ``folder``."""
    found = []
    for path in folder.rglob("*"):
        texts = [str(path.relative_to(folder)).encode()] + (contents(path) if path.is_file() else [])
        for word in TRACES:
            forms = (word.encode(), word.encode("utf-16-le"), word.lower().encode(), word.upper().encode())
            if any(form in text for text in texts for form in forms):
                found.append((path.name, word))
    return found


@pytest.fixture
def worlds(tmp_path):
    """A series with identities in it, in one folder; in another everything that the program may write."""
    (tmp_path / "scans").mkdir()
    dicom_series(tmp_path / "scans", **PLANTED)
    world = tmp_path / "written"
    for name in ("home", "temp", "out"):
        (world / name).mkdir(parents=True)
    return tmp_path / "scans", world


def test_the_grep_finds_what_is_there(worlds):
    scans, _ = worlds
    assert {word for _, word in traces_in(scans)} == set(TRACES)


def test_no_identity_is_in_anything_written_by_the_app_or_the_commands(worlds, capsys):
    scans, world = worlds
    before = {p: p.read_bytes() for p in scans.iterdir()}
    home = {
        **os.environ, "UNET_STUDIO_HOME": str(world / "home"), "TMPDIR": str(world / "temp"), "HOME": str(world / "home"),
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "tests.gui.hand_that_opens", str(scans)], cwd=ROOT, env=home, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    project = Path(seen["project"])
    assert project.is_relative_to(world) and (project / "project.sqlite").exists()
    plain, patient = ("nii.gz", "nrrd", "mha", "seg.nrrd", "png", "stl", "csv", "xlsx"), ("dcm", "rtstruct.dcm")
    commands = [["convert", scans, world / "out" / f"scan{ending}"] for ending in (".nii.gz", ".nrrd", ".mha")]
    commands += [["export", project, "--out", world / "out" / e, "--format", e] for e in plain]
    commands += [["export", project, "--out", world / "out" / e, "--format", e, "--deidentify"] for e in patient]
    commands += [
        ["report", project, "--out", world / "out" / "report"],
        ["audit", project, "--out", world / "out" / "a.csv"],
    ]
    for words in commands:
        assert cli.main([str(word) for word in words], open_app=lambda _: 0) == 0, words
    capsys.readouterr()
    assert len([p for p in (world / "out").rglob("*") if p.is_file()]) >= len(commands)
    assert traces_in(world) == []
    assert not any(word in text for word in TRACES for text in (seen["title"], *seen["labels"], ran.stderr))
    assert list((world / "temp").iterdir()) == []
    assert {p: p.read_bytes() for p in scans.iterdir()} == before
