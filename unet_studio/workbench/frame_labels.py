"""Labels of one frame taken over from another: what moves little from one moment to the next is not drawn twice."""

from collections.abc import Callable

import numpy as np

from unet_studio.errors import StudioError
from unet_studio.labels.label_map import Labels
from unet_studio.project.films import frame_number
from unet_studio.project.records import Case, SliceState
from unet_studio.project.store import Store
from unet_studio.sentence import Sentence
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.project import Project


def copy_from_frame(
    project: Project,
    annotation: Annotation,
    index: int,
    mate: Case,
    *,
    is_open: Callable[[Annotation], bool],
    told: Callable[[str], object],
) -> None:
    """Afterwards slice ``index`` of the frame ``mate`` is being copied onto the same slice of the open frame, as one action.

    What is seen there is copied, a proposal too. Locked labels and reviewed slices stay; ``told`` where nothing is there.
    Nothing is copied onto a frame that is not open any more, or a slice that was changed meanwhile.
    """
    before = annotation.labels(index).copy()

    def read(store: Store) -> Labels:
        if store.states(mate.id).get(index) is SliceState.PREDICTED:
            proposal = store.proposals(mate.id).get(index)
            if proposal is not None:
                return proposal.labels
        shown: Labels = annotation.view.slice_of(store.labels(mate), index)
        return shown.copy()  # not a view: it would keep the whole map

    def done(labels: Labels) -> None:
        number = frame_number(mate.choice)
        if not is_open(annotation):
            return
        if not labels.any():
            told(Sentence("Nothing is drawn on this slice of frame {frame}.", frame=number))
        elif np.array_equal(annotation.labels(index), before):
            name = Sentence("Copy slice {slice} from frame {frame}", slice=index + 1, frame=number)
            annotation.replace_slice(name, index, labels)

    def failed(error: Exception) -> None:
        if not isinstance(error, StudioError):
            raise error
        told(str(error))

    project.saving.attempt(read, done=done, failed=failed)
