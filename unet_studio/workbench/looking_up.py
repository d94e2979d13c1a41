"""What the user is shown of scans before or beside opening them: series to choose from, geometry, tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from unet_studio.errors import ChoiceNeeded, ReadError, StudioError
from unet_studio.files.contents import Kind, kind_of
from unet_studio.files.scan import Way
from unet_studio.files.series import Series, series_in, tags_of
from unet_studio.files.sources import Source, Sources, sources
from unet_studio.files.stored import ANYWAY
from unet_studio.files.tags import Tag
from unet_studio.files.volumes import choosing
from unet_studio.image.plane import Plane, working_plane
from unet_studio.image.volume import Volume
from unet_studio.image.window import Grey
from unet_studio.progress import Steps
from unet_studio.project.films import film_name, scan_of
from unet_studio.project.records import Case
from unet_studio.project.store import Store
from unet_studio.sentence import Sentence
from unet_studio.workbench.jobs import Job, Lane

__all__ = ["Found", "Offer", "Option", "Question", "Tag", "ask", "found_in", "look_up_tags", "offers", "report"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A series as the chooser shows it. ``patient`` is shown there and nowhere else.

    ``warning`` has a line for each thing that is odd or missing.
    ``is_usual`` is True for what is most likely wanted: series of several slices, where there are some. ``frames`` are opened
    together.
    """

    name: str
    about: str
    patient: str
    thumbnail: Grey | None
    warning: str
    can_open: bool
    is_usual: bool
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: ``text`` says what is done, ``note`` what that means, ``facts`` what comes of it.

    It opens ``sources``; none where more is asked.
    """

    text: str
    sources: tuple[Source, ...]
    note: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """How to open a scan that can't be opened in one way only; the first of ``options`` is the usual one."""

    name: str
    sentence: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What dropped files mean: the ``cases``, the ``series`` of which the user chooses, and ``questions`` about others.

    Series lie in folders or files of several.
    """

    sources: Sources
    cases: tuple[Source, ...]
    series: tuple[Series, ...]
    questions: tuple[Question, ...] = ()


def found_in(paths: Sequence[Path]) -> Steps[Found]:
    """What files and folders hold; the headers of those with several series or frames are looked at for the chooser."""
    what = sources(paths)
    folders = [c.path for c in what.cases if c.choice and c.path.is_dir()]
    series: list[Series] = []
    for folder in dict.fromkeys(folders):
        if folders.count(folder) > 1:
            series += yield from series_in(folder)
    known = {s.source for s in series}
    questions: list[Question] = []
    for case in what.cases:
        if case.choice or not case.path.is_file() or _is_picture(case.path):
            continue
        try:
            yield from choosing(case.path)
        except ChoiceNeeded as error:
            known.add(case)
            if ANYWAY in error.choices:
                text = Sentence("Open it all the same")
                questions.append(Question(case.name, str(error), (Option(text, (replace(case, choice=ANYWAY),)),)))
            else:
                series += yield from series_in(case.path)
        except StudioError:  # told when it is read
            continue
    return Found(what, tuple(c for c in what.cases if c not in known), tuple(series), tuple(questions))


def ask(
    found: Found,
    *,
    choose: Callable[[tuple[Offer, ...], Callable[[Sequence[int]], None]], None],
    answer: Callable[[Question, Callable[[int], None]], None],
    add: Callable[[Sequence[Source]], None],
) -> None:
    """Afterwards the user is asked which series and how, where that is not clear; what is chosen is added.

    ``choose`` shows offers, ``answer`` a question; each is given whom to tell.
    """

    def opened(chosen: Sequence[tuple[Series, ...]]) -> None:
        add([group[0].source for group in chosen if not group[0].ways_of and not group[0].is_frame])
        for group in chosen:
            if group[0].ways_of:
                put(_question(group))
        if in_frames := [group for group in chosen if group[0].is_frame]:
            ask_frames(in_frames)

    def put(question: Question) -> None:
        answer(question, lambda index: add(question.options[index].sources))

    def ask_frames(groups: Sequence[tuple[Series, ...]]) -> None:
        question = _frames_question(groups)
        single = [s for group in groups for s in group]

        def answered(index: int) -> None:
            if sources := question.options[index].sources:
                add(sources)
            else:
                choose(offers(single), lambda chosen: add([single[i].source for i in chosen]))

        answer(question, answered)

    for question in found.questions:
        put(question)
    groups: dict[object, list[Series]] = {}
    for number, one in enumerate(found.series):
        groups.setdefault(_together(one) or number, []).append(one)
    of_series = [tuple(g) for g in groups.values()]
    files = [g for g in of_series if g[0].is_frame and g[0].source.path.is_file()]  # each was named by the user
    of_folders = [g for g in of_series if g not in files]
    if files:
        ask_frames(files)
    if len(of_folders) == 1:
        opened(of_folders)
    elif of_folders:
        choose(_group_offers(of_folders), lambda chosen: opened([of_folders[i] for i in chosen]))


def _together(series: Series) -> object:
    """The same for those that are one row of the chooser; None where one is a row by itself."""
    if series.ways_of:
        return series.source.path, series.ways_of
    return (series.source.path, scan_of(series.source.choice)) if series.is_frame else None


def _group_offers(groups: Sequence[tuple[Series, ...]]) -> tuple[Offer, ...]:
    made = offers([group[0] for group in groups])
    return tuple(
        replace(offer, name=film_name(offer.name), frames=len(group), is_usual=offer.can_open)
        if group[0].is_frame else offer
        for offer, group in zip(made, groups, strict=True)
    )  # fmt: skip


def _frames_question(groups: Sequence[tuple[Series, ...]]) -> Question:
    """Whether all frames of these scans are wanted."""
    first = groups[0]
    name = film_name(first[0].source.name) if len(groups) == 1 else Sentence("{n} scans", n=len(groups))
    sentence = (
        Sentence("{name} holds {n} frames (4-D): the same volume, taken {n} times.", name=name, n=len(first))
        if len(groups) == 1
        else Sentence("{n} scans hold several frames each (4-D): volumes that were taken many times.", n=len(groups))
    )
    every = tuple(s.source for group in groups for s in [t for t in group if not t.refusal] or group[:1])
    return Question(
        name,
        sentence,
        (
            Option(
                Sentence("All frames as one case"), every,
                Sentence("One entry in the list; Alt+Left and Alt+Right step through time."),
                _size(first[0].size_xyz) + f" × {len(first)}" if len(groups) == 1 else "",
            ),
            Option(Sentence("Choose single frames"), (), Sentence("Only those that you tick next.")),
        ),
    )  # fmt: skip


def _question(group: Sequence[Series]) -> Question:
    """How to put right a series that is no even, right stack."""
    name = group[0].source.name.rpartition(", ")[0]
    is_tilted = group[0].way is Way.STRAIGHT
    sentence = (
        Sentence("{name} was taken with a tilted gantry: its slices are stacked at a slant.", name=name)
        if is_tilted
        else Sentence("The slices of {name} are not evenly spaced. How should the gaps be treated?", name=name)
    )
    texts: dict[Way | None, str] = {
        Way.FILLED: Sentence("Fill the gaps with empty slices"),
        Way.RESAMPLED: Sentence("Resample at even steps"),
        Way.SPLIT: Sentence("Split into runs of even gaps, a case each"),
        Way.STRAIGHT: Sentence("Put the slices onto a right grid"),
        Way.TAKEN: Sentence("Leave them as they were taken"),
    }
    notes: dict[Way | None, str] = {
        Way.FILLED: Sentence("Every slice stays in its place and as it is."),
        Way.RESAMPLED: Sentence("New slices are interpolated between those that were taken."),
        Way.SPLIT: Sentence("Nothing is added or changed."),
        Way.STRAIGHT: Sentence("By whole pixels: no intensity changes, nothing is cut. Right in every plane."),
        Way.TAKEN: Sentence("Shown as if straight: the other planes are skewed."),
    }
    options = []
    for way in dict.fromkeys(s.way for s in group):
        these = [s for s in group if s.way is way]
        about = " + ".join(_size(s.size_xyz) for s in these)
        spacing = _spacing(these[0].spacing_xyz) if len(these) == 1 else ""
        facts = " · ".join(part for part in (about, spacing) if part)
        options.append(Option(texts[way], tuple(s.source for s in these), notes[way], facts))
    return Question(name, sentence, tuple(options))


def _is_picture(path: Path) -> bool:
    try:
        return kind_of(path) is Kind.PICTURE
    except ReadError:
        return True  # told when it is read


def offers(series: Sequence[Series]) -> tuple[Offer, ...]:
    """The series as the chooser shows them, in their order."""
    frames = [s.source for s in series if s.is_frame]
    others = {f for n, f in enumerate(frames) if f.path in {g.path for g in frames[:n]}}  # than the first of a file
    has_stacks = any(s.size_xyz[2] > 1 and not s.refusal for s in series)
    return tuple(
        Offer(
            name=s.source.name.rpartition(", ")[0] if s.ways_of else s.source.name,
            about=" · ".join(part for part in (s.modality, _size(s.size_xyz), _spacing(s.spacing_xyz), s.date) if part),
            patient=s.patient,
            thumbnail=s.thumbnail,
            warning=s.refusal or _asked_next(s) or "\n".join(s.warnings),
            can_open=not s.refusal,
            is_usual=not s.refusal and (s.size_xyz[2] > 1 or not has_stacks) and s.source not in others,
        )
        for s in series
    )


def _asked_next(series: Series) -> str:
    if not series.ways_of:
        return ""
    if series.way is Way.STRAIGHT:
        return Sentence("Taken with a tilted gantry: you are asked how to open it.")
    return Sentence("Not evenly spaced: you are asked how to open it.")


def look_up_tags(
    store: Store, case: Case, lane: Lane, *, done: Callable[[tuple[Tag, ...]], None], told: Callable[[str], None]
) -> None:
    """Afterwards the DICOM tags of one slice of a case's scan are being read; ``done`` gets none where it is not DICOM."""

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    lane.submit(Job("read tags", lambda: tags_of(store.scan_path(case), case.choice), done=done, failed=failed))


_PLANES = {Plane.AXIAL: Sentence("axial"), Plane.CORONAL: Sentence("coronal"), Plane.SAGITTAL: Sentence("sagittal")}


def report(volume: Volume) -> tuple[tuple[str, str], ...]:
    """Facts about a scan as (name, value), none of them about the patient: to show, and to copy into a message."""
    geometry = volume.geometry
    z, y, x = geometry.shape
    finite = volume.voxels[:: max(1, z // 32)]
    origin = "({:.2f}, {:.2f}, {:.2f}) mm".format(*geometry.origin_mm) if geometry.has_orientation else "not told"
    low, high = f"{finite.min():g}", f"{finite.max():g}" + (" HU" if volume.modality == "CT" else "")
    facts: list[tuple[str, str]] = [
        (Sentence("Size"), _size((x, y, z)) + (f" × {volume.channels} channels" if volume.channels > 1 else "")),
        (Sentence("Spacing"), _spacing((geometry.spacing_mm[2], geometry.spacing_mm[1], geometry.spacing_mm[0]))
         if geometry.has_spacing else "not told by the file: lengths are in pixels"),
        (Sentence("Origin (LPS)"), origin),
        (Sentence("Worked on in"), Sentence("the {plane} plane", plane=_PLANES[working_plane(geometry)])),
        (Sentence("Modality"), volume.modality or "not told"),
        (Sentence("Stored as"), str(volume.voxels.dtype)),
        (Sentence("Intensities"), Sentence("{low} to {high}", low=low, high=high)),
    ]  # fmt: skip
    if geometry.has_orientation:
        names = (Sentence("Slices run along"), Sentence("Rows run along"), Sentence("Columns run along"))
        facts += [
            (name, "({:.4f}, {:.4f}, {:.4f})".format(*axis)) for name, axis in zip(names, geometry.axes, strict=True)
        ]
    return (*facts, *((Sentence("Note"), warning) for warning in volume.warnings))


def _size(size_xyz: tuple[int, int, int]) -> str:
    return " × ".join(str(n) for n in size_xyz)


def _spacing(spacing_xyz: tuple[float, float, float] | None) -> str:
    return "" if spacing_xyz is None else " × ".join(f"{round(s, 3):g}" for s in spacing_xyz) + " mm"
