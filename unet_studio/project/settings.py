"""What the program remembers between two starts, whichever project is open; every default is here."""

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

from unet_studio.errors import WriteError
from unet_studio.project.disk import reason, replace_bytes
from unet_studio.project.records import SUFFIX
from unet_studio.segmentation.segmenter import Device

_log = logging.getLogger(__name__)

HOME = "UNET_STUDIO_HOME"  # the environment variable that names another folder, for portable use and tests
_RECENT = 10
Theme = Literal["dark", "light", "system"]
BrushUnit = Literal["mm", "px"]
Interpolation = Literal["smooth", "nearest"]
ViewLayout = Literal["single", "two", "three", "four"]
ColourMap = Literal["grey", "bone", "hot", "cubehelix", "viridis", "magma"]
Budget = Literal["quick", "normal", "thorough"]
SideTab = Literal["labels", "history", "statistics"]
KeyPreset = Literal["studio", "slicer", "snap", "napari"]
CompareWay = Literal["beside", "swipe"]
Compared = Literal["", "labels", "proposals", "newest", "earlier"]

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": get_args(Theme),
    "brush_unit": get_args(BrushUnit),
    "interpolation": get_args(Interpolation),
    "training_budget": get_args(Budget),
    "colour_map": get_args(ColourMap),
    "view_layout": get_args(ViewLayout),
    "side_tab": get_args(SideTab),
    "device": get_args(Device),
    "key_preset": get_args(KeyPreset),
    "compare_way": get_args(CompareWay),
    "compare_left": get_args(Compared),
    "compare_right": get_args(Compared),
}
_RANGES: Mapping[str, tuple[float, float]] = {
    "brush_radius": (0.1, 1000.0),
    "label_opacity": (0.0, 1.0),
    "proposal_opacity": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's wishes. ``language`` "" follows the system. ``brush_radius`` is in mm, in pixels where a scan tells no spacing.

    ``window_geometry`` and ``window_layout`` are the main window's own text, opaque here. The recent lists hold absolute
    paths, the newest first. ``own_keys`` is the key map's own text, one entry a command; ``recent_commands`` are ids, the
    newest first. ``compare_left`` and ``compare_right`` are whom Compare shows: of checkpoints the newest or the one before,
    "" for the usual two. ``is_mirrored`` swaps the panels, ``swaps_buttons`` what the left and right buttons do on the slice.
    """

    theme: Theme = "dark"
    language: str = ""
    brush_radius: float = 4.0
    brush_unit: BrushUnit = "mm"
    brush_is_sphere: bool = False
    brush_follows_pressure: bool = True
    label_opacity: float = 0.45
    proposal_opacity: float = 0.35
    shows_outlines: bool = False
    interpolation: Interpolation = "smooth"
    colour_map: ColourMap = "grey"
    is_inverted: bool = False
    view_layout: ViewLayout = "single"
    side_tab: SideTab = "labels"
    compare_way: CompareWay = "beside"
    compare_left: Compared = ""
    compare_right: Compared = ""
    training_budget: Budget = "quick"
    device: Device = "auto"
    recent_projects: tuple[str, ...] = ()
    recent_scans: tuple[str, ...] = ()
    last_folder: str = ""
    key_preset: KeyPreset = "studio"
    own_keys: tuple[str, ...] = ()
    recent_commands: tuple[str, ...] = ()
    is_mirrored: bool = False
    swaps_buttons: bool = False
    has_been_welcomed: bool = False
    hides_identities: bool = False
    window_geometry: str = ""
    window_layout: str = ""


def settings_path() -> Path:
    """Where the settings lie: in the folder that ``UNET_STUDIO_HOME`` names, else in the user's own for settings."""
    home = os.environ.get(HOME)
    folder = Path(home) if home else platformdirs.user_config_path("unet-studio", appauthor=False)
    return folder / "settings.json"


def load_settings(path: Path) -> Settings:
    """The settings in the file at ``path``; the default for each that is missing or makes no sense.

    A file that can't be understood at all is set aside as ``settings.damaged.json``, so that saving does not overwrite it.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.warning("settings can't be read: %s", error.strerror)
        return Settings()
    except (ValueError, RecursionError):
        _log.warning("settings are damaged and set aside")
        with suppress(OSError):
            path.replace(path.with_name(f"{path.stem}.damaged{path.suffix}"))
        return Settings()
    known: dict[str, Any] = {}
    for wish in fields(Settings):
        stored = found.get(wish.name)
        value: Any = tuple(stored) if isinstance(stored, list) else stored
        if _makes_sense(wish.name, value, wish.default):
            known[wish.name] = float(value) if isinstance(wish.default, float) else value
    return Settings(**known)


def save_settings(path: Path, settings: Settings) -> None:
    """Afterwards the file at ``path`` holds ``settings``, for its owner only.

    Raises:
        WriteError: it is as it was.
    """
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_bytes(path, text.encode())
    except OSError as error:
        raise WriteError(f"The settings can't be saved in {path.parent}: {reason(error)}.", path=path) from error


def remember_recent(settings: Settings, path: Path) -> Settings:
    """The settings with ``path`` as the newest of the recent projects, if its name says it is one, else of the scans."""
    place = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links that are there on purpose)
    name = "recent_projects" if path.suffix == SUFFIX else "recent_scans"
    others = [other for other in getattr(settings, name) if other != place]
    recent = (place, *others)[:_RECENT]
    return (
        replace(settings, recent_projects=recent)
        if name == "recent_projects"
        else replace(settings, recent_scans=recent)
    )


def _makes_sense(name: str, value: object, default: object) -> bool:
    if name in _CHOICES:
        return isinstance(value, str) and value in _CHOICES[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    if isinstance(default, tuple):
        return isinstance(value, tuple) and all(isinstance(entry, str) for entry in value)
    return type(value) is type(default)
