"""The two commands: what they say and decide, without installing anything."""

import ast
import importlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))
commands, environment, forbidden, libraries, words = (
    importlib.import_module(name) for name in ("commands", "environment", "forbidden", "libraries", "words")
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses a shell script as a Python")


def bootstrap(*arguments: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    command = [python, str(ROOT / "installer" / "bootstrap.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": ""})


def test_a_python_of_2016_can_still_read_the_bootstrap():
    ast.parse((ROOT / "installer" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def bootstrap_of_an_old_python(newer: str) -> subprocess.CompletedProcess[str]:
    """The bootstrap as a Python below the oldest runs it, where ``newer`` are the others on the computer."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'installer')!r}); import bootstrap\n"
        f"bootstrap.OLDEST = (99, 0); bootstrap.NEWER = ({newer})\n"
        "bootstrap.__file__ = '-c'; sys.exit(bootstrap.main(['pass']))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_an_old_python_is_told_what_is_needed():
    answer = bootstrap_of_an_old_python("")
    assert answer.returncode == 1
    assert f"needs Python 3.11 or newer and this is Python {sys.version_info[0]}.{sys.version_info[1]}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_old_python_hands_over_to_a_newer_one_that_runs():
    answer = bootstrap_of_an_old_python(f"'python-of-nobody', {sys.executable!r}")
    assert f"going on with {sys.executable}" in answer.stdout


def test_without_a_command_the_two_are_named():
    answer = bootstrap()
    assert answer.returncode == 2
    assert "run" in answer.stderr
    assert "test" in answer.stderr
    assert bootstrap("--help").returncode == 0


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout with an environment that looks finished; its Python is a script that tells a version."""
    root = tmp_path / "a check out"
    (root / "installer").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]", encoding="utf-8")
    (root / "installer" / "constraints.txt").write_text("torch==2.13.0", encoding="utf-8")
    folder = root / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(f"version = 3.11.7\ncommand = python3 -m venv {folder}\n", encoding="utf-8")
    write_python(folder, "echo 3.11")
    environment._write_stamp(root, "test")
    return root


def write_python(folder: Path, script: str) -> None:
    python = folder / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


@posix
def test_an_environment_with_its_stamp_is_current_and_nothing_is_run(checkout, monkeypatch):
    monkeypatch.setattr(environment, "talk", None)
    assert environment.prepare(checkout, "test") == checkout / ".venv" / "bin" / "python"
    assert environment.prepare(checkout, "run") == checkout / ".venv" / "bin" / "python"


@posix
@pytest.mark.parametrize("file", ["pyproject.toml", "installer/constraints.txt"])
def test_other_requirements_make_an_environment_stale(checkout, file):
    (checkout / file).write_text("# changed", encoding="utf-8")
    assert not environment.is_current(checkout, "run")


@posix
def test_an_environment_for_running_lacks_the_test_tools(checkout):
    environment._write_stamp(checkout, "run")
    assert environment.is_current(checkout, "run")
    assert not environment.is_current(checkout, "test")


@posix
@pytest.mark.parametrize(("mode", "wanted"), [("run", "run"), ("test", "test")])
def test_bringing_an_environment_up_to_date_keeps_the_test_tools_and_needs_no_space(
    checkout, monkeypatch, mode, wanted
):
    environment._write_stamp(checkout, mode)
    (checkout / "pyproject.toml").write_text("[project] # more", encoding="utf-8")
    installed = []
    monkeypatch.setattr(environment, "_check_space", None)
    monkeypatch.setattr(environment, "_pip", lambda root, python, packages: installed.append(packages[-1]))
    monkeypatch.setattr(environment, "_installed", lambda python: {"torch": "2.13.0"})
    environment.prepare(checkout, "run")
    assert environment.is_current(checkout, wanted)
    assert installed[-1] == str(checkout) + ("[test]" if mode == "test" else "")


@posix
@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"mode": 3}'])
def test_an_interrupted_installation_has_no_stamp_and_is_done_again(checkout, text):
    stamp = checkout / ".venv" / environment.STAMP
    stamp.unlink() if text is None else stamp.write_text(text, encoding="utf-8")
    assert not environment.is_current(checkout, "run")
    assert environment.why_unusable(checkout / ".venv") is None


@posix
def test_a_moved_checkout_gets_a_new_environment(checkout):
    moved = checkout.with_name("elsewhere")
    checkout.rename(moved)
    assert not environment.is_current(moved, "run")
    assert "moved" in environment.why_unusable(moved / ".venv")


@posix
@pytest.mark.parametrize(("script", "reason"), [("exit 1", "gone"), ("echo 3.12", "another"), ("echo 3.9", "another")])
def test_an_environment_of_another_python_is_made_again(checkout, script, reason):
    write_python(checkout / ".venv", script)
    assert reason in environment.why_unusable(checkout / ".venv")
    assert not environment.is_current(checkout, "run")


@posix
def test_an_environment_whose_python_was_removed_is_made_again(checkout):
    (checkout / ".venv" / "bin" / "python").unlink()
    assert "gone" in environment.why_unusable(checkout / ".venv")


def test_a_half_made_environment_is_made_again(tmp_path):
    (tmp_path / ".venv").mkdir()
    assert "not made to its end" in environment.why_unusable(tmp_path / ".venv")


def test_a_full_disk_is_told_before_anything_is_downloaded(tmp_path, monkeypatch):
    free = shutil.disk_usage(tmp_path)._replace(free=1_500_000_000)
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: free)
    (tmp_path / "installer").mkdir()
    for name in ("pyproject.toml", "installer/constraints.txt"):
        (tmp_path / name).touch()
    with pytest.raises(words.InstallerError, match=r"about 4 GB and .* has 1\.5 GB left"):
        environment.prepare(tmp_path, "run")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "can't be reached"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk filled up"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no build of torch==2.13.0"),
        ("first\nerror: something else", "something else"),
    ],
)
def test_a_failed_pip_is_explained_in_a_sentence(output, sentence):
    assert sentence in environment.explain(output)


def test_torchvision_and_stray_cuda_packages_are_refused():
    assert environment.intruder({"torch": "2.13.0+cpu", "numpy": "2.4.6"}) is None
    assert "torchvision" in environment.intruder({"torch": "2.13.0", "torchvision": "0.29.1"})
    assert "CUDA" in environment.intruder({"torch": "2.13.0+cpu", "nvidia-cudnn": "9.0", "nvidia-nccl": "2.0"})
    assert environment.intruder({"torch": "2.13.0", "nvidia-cudnn": "9.0"}) is None


def test_no_requirement_of_ours_is_missing_from_the_constraints():
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "installer" / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    assert {w.partition(">")[0].lower() for w in wanted} <= pinned
    assert not any(name == "torchvision" or name.startswith("nvidia") for name in pinned)


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries elsewhere")
def test_a_library_that_cannot_be_loaded_is_missing():
    assert libraries.missing({"libc.so.6": "libc6", "libnobody.so.9": "libnobody9"}) == ["libnobody.so.9"]


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries elsewhere")
def test_who_may_not_install_is_given_the_command(monkeypatch):
    monkeypatch.setattr(libraries.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 1000)
    with pytest.raises(words.InstallerError, match="sudo apt-get install -y --no-install-recommends libnobody9"):
        libraries.require({"libnobody.so.9": "libnobody9"})


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries elsewhere")
def test_a_linux_without_apt_is_told_which_libraries_it_lacks(monkeypatch):
    monkeypatch.setattr(libraries.shutil, "which", lambda _: None)
    with pytest.raises(words.InstallerError, match=r"libnobody\.so\.9"):
        libraries.require({"libnobody.so.9": "libnobody9"})


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its libraries elsewhere")
def test_as_root_on_debian_the_missing_ones_are_installed(monkeypatch):
    asked = []
    monkeypatch.setattr(libraries.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 0)
    monkeypatch.setattr(libraries, "talk", lambda command, shown: (asked.append(command), (0, ""))[1])
    monkeypatch.setattr(libraries, "_loads", lambda name: bool(asked))
    libraries.require({"libnobody.so.9": "libnobody9"})
    assert [command[:2] for command in asked] == [["apt-get", "update"], ["apt-get", "install"]]
    assert "libnobody9" in asked[1]


def test_a_window_opens_for_no_arguments_scans_and_the_demo(tmp_path):
    scan = tmp_path / "scan.nii.gz"
    scan.touch()
    assert all(commands.opens_window(a) for a in ([], [str(scan)], [f"{scan}#2"], [str(tmp_path)], ["demo"]))
    assert not any(
        commands.opens_window(a) for a in (["doctor"], ["demo", "--headless"], ["info", str(scan)], ["--help"])
    )


def test_a_display_is_told_by_its_variables_on_linux_only():
    assert not commands.has_display({}, "linux")
    assert not commands.has_display({"DISPLAY": ""}, "linux")
    assert commands.has_display({"DISPLAY": ":0"}, "linux")
    assert commands.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert commands.has_display({}, "darwin")
    assert commands.has_display({}, "win32")


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":9"}])
def test_run_opens_the_sample_or_goes_through_the_demo_without_a_window(monkeypatch, capsys, tmp_path, display):
    started = []
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands.sys, "platform", "linux")
    monkeypatch.setattr(commands.environment, "prepare", lambda root, mode: Path("python"))
    monkeypatch.setattr(commands.libraries, "require", lambda needed: None)
    monkeypatch.setattr(commands.subprocess, "call", lambda command: started.append(command) or 0)
    assert commands.carry_out(["run"]) == 0
    rest = [] if display else ["--headless", "--out", str(tmp_path / "out")]
    assert started == [[Path("python"), "-m", "unet_studio", "demo", *rest]]
    assert ("no display" in capsys.readouterr().out) == (not display)


def test_a_program_that_was_killed_is_told_from_one_that_ended(monkeypatch, capsys):
    monkeypatch.setattr(commands.environment, "prepare", lambda root, mode: Path("python"))
    monkeypatch.setattr(commands.libraries, "require", lambda needed: None)
    monkeypatch.setattr(commands.subprocess, "call", lambda command: -15)
    assert commands.carry_out(["run", "doctor"]) == 143
    assert "signal 15" in capsys.readouterr().err


def test_a_demo_does_not_write_over_an_earlier_one(tmp_path):
    assert commands.free_folder(tmp_path) == tmp_path / "out"
    (tmp_path / "out").mkdir()
    assert commands.free_folder(tmp_path) == tmp_path / "out"
    (tmp_path / "out" / "report.html").touch()
    assert commands.free_folder(tmp_path) == tmp_path / "out-2"


def test_every_check_runs_and_one_that_fails_makes_the_whole_fail(monkeypatch, capfd):
    started = []

    def call(command, **_):
        started.append(" ".join(map(str, command)))
        return int("mypy" in command)

    monkeypatch.setattr(commands.environment, "prepare", lambda root, mode: Path("python"))
    monkeypatch.setattr(commands.libraries, "require", lambda needed: None)
    monkeypatch.setattr(commands, "findings", lambda path: [])
    monkeypatch.setattr(commands.subprocess, "call", call)
    assert commands.carry_out(["test", "-k", "brush"]) == 1
    for part in ("ruff format --check", "ruff check", "mypy", "importlinter", "pytest -k brush"):
        assert sum(part in command for command in started) == 1
    assert "pytest" in started[-1]
    assert "Failed before pytest: mypy" in capfd.readouterr().err


def test_ci_calls_the_command_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1].removeprefix("exec ") == "python3 installer/bootstrap.py test"
    assert "python3 installer/bootstrap.py test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_error_is_one_sentence_on_stderr(monkeypatch, capsys):
    def fail(root, mode):
        raise words.InstallerError("There is no moon.")

    monkeypatch.setattr(commands.environment, "prepare", fail)
    assert commands.carry_out(["run"]) == 1
    assert capsys.readouterr().err.strip() == "There is no moon."


def test_a_long_step_gives_a_sign_of_life(monkeypatch, capsys):
    monkeypatch.setattr(words, "SIGN_OF_LIFE_S", 0.05)
    script = "import sys; print('Collecting torch', flush=True); sys.stdin.read(); import time; time.sleep(0.4); print('end')"
    code, output = words.talk(
        [sys.executable, "-c", script], shown=lambda line: line.strip() if "torch" in line else None
    )
    assert code == 0
    assert output.split() == ["Collecting", "torch", "end"]
    assert "still collecting torch" in capsys.readouterr().out


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import joblib.externals",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "eval('1')",
        "exec(text)",
    ],
)
def test_code_that_could_run_what_a_file_says_is_found(tmp_path, code):
    path = tmp_path / "code.py"
    path.write_text(f"x = 1\n{code}\n", encoding="utf-8")
    (found,) = forbidden.findings(path)
    assert found.startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    "code", ["network.eval()", "np.load(p, allow_pickle=False)", "# eval(x), pickle.load", "'exec()'"]
)
def test_harmless_code_is_not(tmp_path, code):
    path = tmp_path / "code.py"
    path.write_text(code + "\n", encoding="utf-8")
    assert forbidden.findings(path) == []


def test_nothing_in_the_program_could_run_what_a_file_says():
    assert [line for path in (ROOT / "unet_studio").rglob("*.py") for line in forbidden.findings(path)] == []


def test_the_stamp_says_what_it_is_of(checkout):
    stamp = json.loads((checkout / ".venv" / environment.STAMP).read_text(encoding="utf-8"))
    assert stamp == {"requirements": environment.requirements_digest(checkout), "mode": "test"}
