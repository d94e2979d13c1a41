"""Labels of a file of several frames onto all frames of a scan: each onto its own, as an action of its own."""

from collections.abc import Callable, Mapping
from functools import partial

from unet_studio.errors import StudioError
from unet_studio.labels.history import History
from unet_studio.labels.label_map import LabelMap, Labels
from unet_studio.project.records import Case, Proposal, SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.import_labels import Found, bring_labels, import_labels
from unet_studio.workbench.project import Project, record
from unet_studio.workbench.workbench import Workbench
from unet_studio.workbench.worklist import UNDO_BYTES

Drawn = tuple[Labels, dict[int, SliceState], dict[int, Proposal]]


def look_at_others(
    workbench: Workbench, annotation: Annotation, found: Found, then: Callable[[Mapping[Case, Drawn]], None]
) -> None:
    """Afterwards what is drawn on the frames that the file has ``others`` for is being read; ``then`` hears of it.

    ``workbench.told`` where it can't be, or another case is wanted meanwhile.
    """
    project = workbench.project
    if project is None:
        return
    cases = [case for case in project.worklist.cases if case.id in found.others]

    def read(store: Store) -> Mapping[Case, Drawn]:
        return {case: (store.labels(case), store.states(case.id), store.proposals(case.id)) for case in cases}

    def done(drawn: Mapping[Case, Drawn]) -> None:
        if workbench.annotation is annotation and project.worklist.awaited is None:
            then(drawn)
        else:
            workbench.told(f"{found.path.name} was not imported, as another case is open now.")

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        workbench.told(str(error))

    project.saving.attempt(read, done=done, failed=failed)


def import_film(
    workbench: Workbench, annotation: Annotation, found: Found, drawn: Mapping[Case, Drawn], *, replaces: bool = False
) -> str:
    """Afterwards each frame has the labels of its own, one action on each; a sentence on what was done.

    ``drawn`` is what was read a moment ago. As ``import_labels``: locked labels stay, and so does what is drawn where the file
    has background, unless the file ``replaces`` it.
    """
    project, palette = workbench.project, workbench.palette
    if project is None or annotation.is_read_only:
        return import_labels(annotation, palette, found, replaces=replaces)
    others = {case: _annotation(workbench, project, annotation, case, one) for case, one in drawn.items()}
    parts = [(annotation, found), *((other, found.others[case.id]) for case, other in others.items())]
    brought = [bring_labels(one, palette, what, replaces=replaces) for one, what in parts]
    for case, other in others.items():
        project.worklist.set_states(case, other.states)
    came = [b for b in brought if b is not None]
    values = frozenset[int]().union(*(b.values for b in came))
    refused = sum(b.refused for b in came)
    said = f"Imported {len(values)} label{'s' * (len(values) != 1)} from {found.path.name} onto {len(came)} frames."
    if len(came) < len(brought):
        said += f" {len(brought) - len(came)} frames have more labels than fit beside the project's."
    if refused:
        said += f" {refused:,} voxels were left as they were, as their labels are locked."
    return " ".join((said, *found.warnings))


def _annotation(workbench: Workbench, project: Project, here: Annotation, case: Case, drawn: Drawn) -> Annotation:
    """A frame that is not on the screen, to be drawn on once."""
    labels, states, proposals = drawn
    return Annotation(
        case,
        LabelMap(here.label_map.geometry, labels),
        workbench.palette,
        states=states,
        proposals=proposals,
        history=History(budget_bytes=UNDO_BYTES),
        record=partial(record, project.saving, case.id),
    )
