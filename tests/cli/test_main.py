"""The door: which words open the app, which are commands, and that no command has Qt in its process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import phantom
from unet_studio import __main__, cli
from unet_studio.errors import StudioError
from unet_studio.files.volumes import write_volume

_PROGRAM = """
import json, sys
from unet_studio.__main__ import main
codes = [main(words) for words in json.loads(sys.argv[1])]
heavy = [name for name in sys.argv[2].split(",") if any(m == name or m.startswith(name + ".") for m in sys.modules)]
print(json.dumps({"codes": codes, "heavy": heavy}))
"""


def in_a_process(commands, *, heavy: str) -> dict:
    words = [[str(word) for word in command] for command in commands]
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(words), heavy], capture_output=True, text=True, timeout=240
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.fixture
def opened(monkeypatch):
    found: list[list[Path]] = []

    def open_app(paths: list[Path]) -> int:
        found.append(paths)
        return 7

    monkeypatch.setattr(__main__, "_open_app", open_app)
    return found


def test_no_words_open_the_app(opened):
    assert __main__.main([]) == 7 and opened == [[]]


def test_paths_open_the_app_on_them(opened, tmp_path):
    for name in ("a.nii", "b.nii"):
        (tmp_path / name).touch()
    assert __main__.main([str(tmp_path / "a.nii"), str(tmp_path / "b.nii")]) == 7
    assert opened == [[tmp_path / "a.nii", tmp_path / "b.nii"]]


def test_what_is_no_file_and_no_command_is_refused_without_the_app(opened, capsys):
    assert __main__.main(["nothing.nii"]) == 1
    assert opened == [] and "nothing.nii" in capsys.readouterr().err


def test_the_demo_opens_the_app_on_the_sample(opened, tmp_path, monkeypatch):
    monkeypatch.setenv("UNET_STUDIO_HOME", str(tmp_path))
    assert __main__.main(["demo"]) == 7 and opened == [[tmp_path / "projects" / "Sample brain.unetstudio"]]


def test_no_command_has_qt_in_its_process(phantoms, checkpoint, tmp_path):
    pairs = ["--images", phantoms / "images", "--labels", phantoms / "labels"]
    scan = phantoms / "images" / "case0.nii.gz"
    project = tmp_path / "home" / "sample.unetstudio"
    from unet_studio.workbench.sample import make_sample_project

    project.parent.mkdir()
    make_sample_project(project)
    commands = [
        ["info", scan],
        ["info", checkpoint],
        ["info", phantoms / "labels" / "case0.nii.gz", "--on", scan],
        ["convert", scan, tmp_path / "scan.nrrd"],
        ["predict", checkpoint, scan, "--out", tmp_path / "masks"],
        ["train", *pairs, "--out", tmp_path / "new.safetensors", "--steps", "1", "--architecture", "light"],
        ["evaluate", checkpoint, *pairs],
        ["export", project, "--out", tmp_path / "exported"],
        ["train", "--project", project, "--steps", "1", "--architecture", "light"],
        ["doctor", "--json"],
        ["demo", "--headless"],
    ]
    assert in_a_process(commands, heavy="PySide6,pyqtgraph,qtawesome") == {"codes": [0] * 10 + [1], "heavy": []}


def test_looking_into_a_file_waits_for_no_network_library(phantoms):
    commands = [["info", phantoms / "images" / "case0.nii.gz"], ["info", "gone.nii"]]
    assert in_a_process(commands, heavy="PySide6,torch") == {"codes": [0, 1], "heavy": []}


def test_help_needs_neither_scan_readers_nor_networks(phantoms):
    assert (
        in_a_process([["--version"], ["train", "--help"]], heavy="torch,SimpleITK,nibabel,pydicom,PIL")["heavy"] == []
    )


def test_python_m_runs_it_and_gives_the_exit_code(tmp_path):
    volume, _ = phantom(1)
    write_volume(tmp_path / "scan.nii.gz", volume)
    for path, code in (("scan.nii.gz", 0), ("gone.nii.gz", 1)):
        ran = subprocess.run(
            [sys.executable, "-m", "unet_studio", "info", str(tmp_path / path), "--json"],
            capture_output=True,
            text=True,
        )
        assert ran.returncode == code and json.loads(ran.stdout.splitlines()[-1])["path"].endswith(path)


def test_a_training_folder_is_done_by_the_hidden_command(tmp_path, capfd):
    ran = subprocess.run(
        [sys.executable, "-m", "unet_studio", "train-job", str(tmp_path)], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 1 and json.loads(ran.stdout.splitlines()[-1])["event"] == "failed"


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (StudioError("The file a.nii is damaged."), 1, "The file a.nii is damaged."),
        (MemoryError(), 1, "There is not enough memory"),
        (KeyboardInterrupt(), 130, "Interrupted"),
    ],
)
def test_every_end_has_its_code_and_one_sentence(run, monkeypatch, error, code, sentence):
    def fail(*_):
        raise error

    monkeypatch.setattr(cli, "_run", fail)
    ran = run("doctor")
    assert ran.code == code and ran.sentence.startswith(sentence)


def test_a_reader_that_has_gone_is_no_traceback(tmp_path):
    volume, _ = phantom(1)
    write_volume(tmp_path / "scan.nii.gz", volume)
    command = f'"{sys.executable}" -m unet_studio info "{tmp_path / "scan.nii.gz"}" | true'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in ran.stderr and "Exception" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there names are Unicode")
def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path):
    name = tmp_path / b"bad\xff.nii".decode("utf-8", "surrogateescape")
    for words in (["info", name], ["info", name, "--json"], ["convert", name, tmp_path / "out.nii"]):
        ran = subprocess.run([sys.executable, "-m", "unet_studio", *words], capture_output=True, text=True)
        assert ran.returncode == 1 and ran.stderr.count("\n") == 1 and "bad" in ran.stderr, ran.stderr


def test_libraries_say_nothing_on_standard_error(tmp_path):
    program = """
import logging, sys, warnings
from unet_studio import __main__, cli
def command(*_):
    warnings.warn("a library's own worry"); logging.getLogger("pydicom").error("another"); return 0
cli._run = command
sys.exit(__main__.main(["doctor"]))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_fault_of_the_program_is_not_hidden(run, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        run("doctor")
