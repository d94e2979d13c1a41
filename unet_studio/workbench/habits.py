"""What a project remembers of the eye and the hand: the window of each case, and the brush."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from unet_studio.image.volume import Volume
from unet_studio.image.window import Window
from unet_studio.labels.likeness import Range
from unet_studio.project.store import Store
from unet_studio.workbench.palette import Brush, PaintOver

_KEY = "habits"
_PAINT_OVER: tuple[PaintOver, ...] = ("everything", "background", "label")


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the brush decides where it paints; its fields' meanings are those of ``Brush``."""

    tolerance: float
    range: Range | None
    paint_over: PaintOver
    over_value: int
    protects_hidden: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """``windows`` by case id, of those cases where the user chose one; ``ct_window`` is the one chosen last on a CT.

    ``radius`` is the brush's, ``rules`` are where it paints, None where that is not known.
    """

    windows: Mapping[int, Window] = field(default_factory=dict)
    ct_window: Window | None = None
    radius: float | None = None
    rules: Rules | None = None

    def brush(self, now: Brush) -> Brush:
        """The brush that the project was left with, as far as it remembers; else as it is ``now``."""
        if self.radius is not None:
            now = replace(now, radius=self.radius)
        if (kept := self.rules) is not None:
            now = replace(
                now, tolerance=kept.tolerance, range=kept.range, paint_over=kept.paint_over, over_value=kept.over_value,
                protects_hidden=kept.protects_hidden,
            )  # fmt: skip
        return now

    def with_brush(self, brush: Brush) -> "Habits":
        """The habits after a project was left with ``brush``."""
        rules = Rules(brush.tolerance, brush.range, brush.paint_over, brush.over_value, brush.protects_hidden)
        return replace(self, radius=brush.radius, rules=rules)

    def window_of(self, case_id: int, volume: Volume) -> Window | None:
        """The window to open a case in: its own, else on a CT, where intensities mean the same, the last one."""
        return self.windows.get(case_id) or (self.ct_window if volume.modality == "CT" else None)

    def with_window(self, case_id: int, volume: Volume, window: Window, *, is_as_opened: bool) -> "Habits":
        """The habits after a case was left in ``window``; the one it opens in anyway is none to remember."""
        windows = {id_: w for id_, w in self.windows.items() if id_ != case_id}
        if is_as_opened:
            return replace(self, windows=windows, ct_window=None if volume.modality == "CT" else self.ct_window)
        is_ct = volume.modality == "CT"
        return replace(self, windows={**windows, case_id: window}, ct_window=window if is_ct else self.ct_window)


def read_habits(store: Store) -> Habits:
    """What the project remembers; nothing of it where that makes no sense. In the thread that the store is in."""
    try:
        found = json.loads(store.remembered(_KEY) or "{}")
        windows = {int(id_): _window(pair) for id_, pair in dict(found.get("windows", {})).items()}
        last, radius = found.get("ct_window"), found.get("radius")
        return Habits(
            windows, _window(last) if last else None, _positive(radius) if radius else None, _rules(found.get("rules"))
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return Habits()


def write_habits(store: Store, habits: Habits) -> None:
    """Afterwards the project remembers ``habits``."""
    text = json.dumps(
        {
            "windows": {str(id_): [w.level, w.width] for id_, w in habits.windows.items()},
            "ct_window": [habits.ct_window.level, habits.ct_window.width] if habits.ct_window else None,
            "radius": habits.radius,
            "rules": asdict(habits.rules) if habits.rules else None,
        }
    )
    store.remember(_KEY, text)


def _rules(found: Any) -> Rules | None:
    if found is None:
        return None
    limits, paint_over, over = found["range"], found["paint_over"], found["over_value"]
    if paint_over not in _PAINT_OVER or not isinstance(over, int) or not 0 <= over <= 255:
        raise ValueError("nothing to paint over")
    if not isinstance(found["protects_hidden"], bool):
        raise ValueError("neither yes nor no")
    ends = None if limits is None else Range(float(limits["low"]), float(limits["high"]))
    if ends is not None and not (math.isfinite(ends.low) and math.isfinite(ends.high)):
        raise ValueError("no range")
    return Rules(_positive(found["tolerance"]), ends, paint_over, over, found["protects_hidden"])


def _window(pair: object) -> Window:
    if not isinstance(pair, list) or len(pair) != 2 or not math.isfinite(level := float(pair[0])):
        raise ValueError("no window")
    return Window(level, _positive(pair[1]))


def _positive(number: object) -> float:
    value = float(number)  # type: ignore[arg-type]
    if not (math.isfinite(value) and value > 0):
        raise ValueError("not a positive number")
    return value
