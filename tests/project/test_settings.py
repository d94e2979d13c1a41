import errno
import json
import os
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unet_studio.errors import WriteError
from unet_studio.project.settings import Settings, load_settings, remember_recent, save_settings, settings_path

OTHERS: dict[str, Any] = {
    "theme": "light", "language": "de", "brush_radius": 2.5, "brush_unit": "px", "brush_is_sphere": True,
    "brush_follows_pressure": False,
    "label_opacity": 1.0, "proposal_opacity": 0.0,
    "shows_outlines": True, "interpolation": "nearest", "view_layout": "four", "side_tab": "history", "hides_identities": True,
    "colour_map": "hot", "is_inverted": True, "compare_way": "swipe", "compare_left": "newest", "compare_right": "labels",
    "training_budget": "thorough", "device": "cpu",
    "recent_projects": ("/a/Ümlaut.unetstudio",), "recent_scans": ("/b", "/c"), "last_folder": "/d",
    "key_preset": "napari", "own_keys": ("brush\tB",), "recent_commands": ("predict",), "is_mirrored": True,
    "swaps_buttons": True, "has_been_welcomed": True,
    "window_geometry": "AdnQ", "window_layout": "AAAA/w==",
}  # fmt: skip


def test_every_setting_comes_back(tmp_path: Path) -> None:
    assert set(OTHERS) == {f.name for f in fields(Settings)}
    assert all(OTHERS[f.name] != f.default for f in fields(Settings))
    path = tmp_path / "new" / "folder" / "settings.json"
    save_settings(path, Settings(**OTHERS))
    assert load_settings(path) == Settings(**OTHERS)
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_settings_are_for_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        save_settings(tmp_path / "own" / "settings.json", Settings())
    finally:
        os.umask(old)
    assert (tmp_path / "own" / "settings.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\0", b"[1]", b'"text"', b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_the_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    save_settings(path, replace(Settings(), theme="light"))
    assert (tmp_path / "settings.damaged.json").read_bytes() == content
    assert load_settings(path).theme == "light"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"), ("theme", 1), ("device", None), ("brush_radius", -1), ("brush_radius", "big"),
        ("brush_radius", True), ("label_opacity", 1.5), ("label_opacity", float("nan")), ("shows_outlines", 1),
        ("recent_scans", "abc"), ("recent_scans", [1]), ("recent_scans", [["a"]]), ("language", ["de"]), ("theme", ["dark"]),
        ("last_folder", {}),
    ],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_the_default_and_the_others_stay(
    tmp_path: Path, name: str, value: object
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({**OTHERS, name: value, "of a later version": [1, 2]}))
    assert load_settings(path) == replace(Settings(**OTHERS), **{name: getattr(Settings(), name)})


def test_a_whole_number_is_a_good_length(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"brush_radius": 3}')
    assert repr(load_settings(path).brush_radius) == "3.0"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)


@given(st.dictionaries(st.sampled_from([f.name for f in fields(Settings)]), json_values))
def test_whatever_a_file_says_settings_can_be_loaded_and_saved(
    tmp_path_factory: pytest.TempPathFactory, found: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(found))
    loaded = load_settings(path)
    assert {f.name: type(f.default) for f in fields(Settings)} == {k: type(v) for k, v in asdict(loaded).items()}


def test_a_full_disk_leaves_the_older_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(theme="light"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match=r"settings can't be saved in .* the disk is full") as told:
        save_settings(path, Settings(theme="dark"))
    assert told.value.path == path
    assert load_settings(path).theme == "light"
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


def test_settings_that_can_not_be_read_are_the_defaults_and_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    assert load_settings(path) == Settings()
    assert path.is_dir()
    with pytest.raises(WriteError):
        save_settings(path, Settings())


def test_settings_lie_where_the_environment_says_else_where_the_system_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNET_STUDIO_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "settings.json"
    monkeypatch.delenv("UNET_STUDIO_HOME")
    assert settings_path().parts[-2:] == ("unet-studio", "settings.json")
    assert not settings_path().parent.exists()


def test_recent_projects_and_scans_are_kept_apart_newest_first_and_few(tmp_path: Path) -> None:
    settings = Settings()
    for i in range(12):
        settings = remember_recent(settings, tmp_path / f"{i}.nii.gz")
    settings = remember_recent(settings, tmp_path / "a" / ".." / "5.nii.gz")
    settings = remember_recent(settings, tmp_path / "p.unetstudio")
    assert settings.recent_projects == (str(tmp_path / "p.unetstudio"),)
    assert [Path(p).name for p in settings.recent_scans] == [f"{i}.nii.gz" for i in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2)]
