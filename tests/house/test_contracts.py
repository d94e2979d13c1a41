"""Every contract between the floors is broken once on purpose and seen caught."""

import ast
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"

FLOORS = "A floor imports only lower ones"
QT = "Qt only in gui and app"
TORCH = "torch only in unet"
DECODERS = "Image libraries only in files"
SQLITE = "sqlite3 only in project"
PANELS = "Panels never import each other"
GUI = "gui imports neither files nor unet"

# What is added where, and the contract that must catch it.
BREACHES = {
    "labels reach up to project": (FLOORS, "labels/scores.py", "from unet_studio.project import records"),
    "unet and files know each other": (FLOORS, "unet/network.py", "import unet_studio.files"),
    "cli starts the app": (FLOORS, "cli.py", "import unet_studio.app"),
    "errors need resources": (FLOORS, "errors.py", "import unet_studio.resources"),
    "Qt in the workbench": (QT, "workbench/event.py", "from PySide6.QtCore import QObject"),
    "Qt in the command line": (QT, "cli.py", "import PySide6"),
    "icons in a lower floor": (QT, "image/plane.py", "import qtawesome"),
    "torch in the workbench": (TORCH, "workbench/event.py", "import torch"),
    "safetensors in the project": (TORCH, "project/records.py", "import safetensors"),
    "a picture decoded in the gui": (DECODERS, "gui/__init__.py", "from PIL import Image"),
    "NIfTI read in unet": (DECODERS, "unet/network.py", "import nibabel"),
    "DICOM read in the workbench": (DECODERS, "workbench/event.py", "import pydicom"),
    "a database in the workbench": (SQLITE, "workbench/event.py", "import sqlite3"),
    "a panel that knows another": (
        PANELS,
        "gui/panels/one_on_purpose.py",
        "import unet_studio.gui.panels.two_on_purpose",
    ),
    "the gui reads files": (GUI, "gui/__init__.py", "import unet_studio.files"),
    "the gui knows the network": (GUI, "gui/__init__.py", "import unet_studio.unet"),
}

# Each outside library and the rooms that may import it; the contracts leave app, cli and __main__ to this.
DOORS = {
    "PySide6": {"gui", "app"},
    "pyqtgraph": {"gui", "app"},
    "qtawesome": {"gui", "app"},
    "torch": {"unet"},
    "safetensors": {"unet"},
    "SimpleITK": {"files"},
    "nibabel": {"files"},
    "pydicom": {"files"},
    "highdicom": {"files"},
    "PIL": {"files"},
    "isal": {"files"},
    "openpyxl": {"files"},
    "h5py": {"unet"},
    "onnx": {"unet"},
    "sqlite3": {"project"},
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory) -> dict[str, tuple[int, str]]:
    """import-linter's exit code and words on a copy of the house for each breach, and on one without."""

    def judge(name: str) -> tuple[str, tuple[int, str]]:
        house = copied_house(tmp_path_factory.mktemp("house"))
        if name in BREACHES:
            _, file, line = BREACHES[name]
            with room_or_file(house / "unet_studio" / file).open("a", encoding="utf-8") as code:
                code.write(f"\n{line}\n")
        elif name == "a floor without a place":
            (house / "unet_studio" / "utils").mkdir()
            (house / "unet_studio" / "utils" / "__init__.py").touch()
        done = subprocess.run([sys.executable, "-c", LINT], cwd=house, capture_output=True, text=True, check=False)
        return name, (done.returncode, done.stdout + done.stderr)

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(judge, [*BREACHES, "nothing", "a floor without a place"]))


def room_or_file(path: Path) -> Path:
    """A floor that has grown from a file into a folder is broken in its first file."""
    return path if path.exists() else path.with_suffix("") / "__init__.py"


def copied_house(place: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", place)
    shutil.copytree(
        ROOT / "unet_studio", place / "unet_studio", ignore=shutil.ignore_patterns("__pycache__", "_resources")
    )
    for name in ("one_on_purpose", "two_on_purpose"):
        (place / "unet_studio" / "gui" / "panels" / f"{name}.py").write_text('"""A panel."""\n', encoding="utf-8")
    return place


def test_the_house_as_it_stands_keeps_every_contract(verdicts):
    code, words = verdicts["nothing"]
    assert code == 0, words
    assert "0 broken" in words


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_caught_by_its_contract(verdicts, breach):
    code, words = verdicts[breach]
    assert code == 1, words
    assert f"{BREACHES[breach][0]} BROKEN" in words


def test_a_folder_that_has_no_floor_is_an_error(verdicts):
    code, words = verdicts["a floor without a place"]
    assert code != 0
    assert "utils" in words


def contracts() -> list[dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def test_every_contract_is_broken_by_one_of_the_breaches():
    assert {c["name"] for c in contracts()} == {contract for contract, _, _ in BREACHES.values()}


def test_no_contract_forgets_a_floor():
    floors = {
        name.strip() for c in contracts() if c["type"] == "layers" for layer in c["layers"] for name in layer.split("|")
    }
    for contract in contracts():
        if contract["type"] != "forbidden" or contract["id"] == "gui":
            continue
        outside = floors - {m.removeprefix("unet_studio.") for m in contract["source_modules"]}
        rooms = set.union(*(DOORS[m] for m in contract["forbidden_modules"]))
        assert outside <= rooms | {"app", "cli", "__main__"}, contract["name"]


def test_each_outside_library_is_imported_behind_its_own_door_only():
    strays = []
    for path in sorted((ROOT / "unet_studio").rglob("*.py")):
        room = path.relative_to(ROOT / "unet_studio").parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            libraries = {n.partition(".")[0] for n in names} & set(DOORS)
            strays += [f"{path.relative_to(ROOT)}:{node.lineno} {lib}" for lib in libraries if room not in DOORS[lib]]
    assert strays == []
