"""From the slices of a series to volumes: one, or several ways between which the user chooses."""

from dataclasses import dataclass

from unet_studio.files.dicom_geometry import Stack, even_runs, stack, uneven, with_empty_slices
from unet_studio.files.placing import moved_in_words
from unet_studio.files.regrid import MovedSlices, Regrid, even_steps, fits_as_it_is, moved_slices
from unet_studio.files.scan import Way

_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Made:
    """``whole`` with what puts it onto a right grid, if need be. ``way`` and ``word`` tell it from the others of its series."""

    whole: Stack
    regrid: Regrid | None = None
    way: Way | None = None
    word: str = ""
    warnings: tuple[str, ...] = ()


def ways(whole: Stack, name: str) -> list[Made]:
    """The volumes that a stack could become; one where nothing is odd, or where there is but one way to put it right."""
    if whole.at_mm:
        return _even(whole, name)
    if not whole.tilt_deg:
        return [Made(whole)]
    if fits_as_it_is(whole.geometry):
        return [_straight(whole, name, enlarges=False)]
    return [_straight(whole, name, enlarges=True, way=Way.STRAIGHT), _taken(whole, name)]


def only_way(whole: Stack, name: str) -> Made:
    """One volume of a stack that is one of many, such as a phase, where nobody is asked."""
    if whole.at_mm:
        told = f"{uneven(whole, name)}: lengths across slices and volumes in ml are not shown."
        return Made(whole, warnings=(told,))
    return _straight(whole, name, enlarges=not fits_as_it_is(whole.geometry)) if whole.tilt_deg else Made(whole)


def _straight(whole: Stack, name: str, *, enlarges: bool, way: Way | None = None) -> Made:
    moved: MovedSlices = moved_slices(whole.geometry, enlarges=enlarges)
    grown = [moved.geometry.shape[a] - whole.geometry.shape[a] for a in (1, 2)]
    larger = f" It has {grown[0]} rows and {grown[1]} columns more than the slices, so that nothing is cut." * any(
        grown
    )
    return Made(whole, moved, way, "straight", (f"{_tilted(whole, name)}: its slices {moved_in_words(moved)}{larger}",))


def _taken(whole: Stack, name: str) -> Made:
    told = f"{_tilted(whole, name)}: its slices are shown as if straight. Lengths within a slice and ml are right."
    return Made(whole, None, Way.TAKEN, "as taken", (told,))


def _tilted(whole: Stack, name: str) -> str:
    return f"{name} was taken with a tilted gantry ({whole.tilt_deg:.1f}°)"


def _even(whole: Stack, name: str) -> list[Made]:
    found = []
    if (filled := with_empty_slices(whole, name)) is not None:
        even = only_way(filled, name)
        found.append(Made(filled, even.regrid, Way.FILLED, "gaps filled", even.warnings))
    if not whole.tilt_deg and whole.slices[0] is not None and whole.slices[0].spacing_mm is not None:
        found.append(_resampled(whole, name))
    runs = even_runs(whole)
    if len(runs) <= _MOST_PARTS:
        for number, run in enumerate(runs, start=1):
            part = stack(run, name=name)
            even = only_way(part, name)
            told = f"{uneven(whole, name)}: this is run {number} of {len(runs)} of even gaps, {len(run)} slices."
            found.append(Made(part, even.regrid, Way.SPLIT, f"part {number}", (told, *even.warnings)))
    return found if len(found) > 1 else [only_way(whole, name)]


def _resampled(whole: Stack, name: str) -> Made:
    step = sorted(b - a for a, b in zip(whole.at_mm, whole.at_mm[1:], strict=False))[(len(whole.at_mm) - 2) // 2]
    regrid = even_steps(whole.geometry, whole.at_mm, step)
    told = f"{uneven(whole, name)}: it was resampled every {step:.4g} mm, interpolated between slices."
    return Made(whole, regrid, Way.RESAMPLED, "resampled", (told,))
