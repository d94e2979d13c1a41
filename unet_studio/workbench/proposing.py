"""Proposals for the case on the screen: for which slices, by which checkpoint, and where the answers go."""

from collections.abc import Callable, Sequence

from unet_studio.project.blobs import pack
from unet_studio.project.records import Proposal, SliceState
from unet_studio.segmentation.segmenter import Prediction
from unet_studio.segmentation.threshold import OtsuSegmenter
from unet_studio.workbench.annotation import Annotation
from unet_studio.workbench.assistant import Assistant, PredictionRequest
from unet_studio.workbench.palette import Palette
from unet_studio.workbench.project import Project
from unet_studio.workbench.slices import OPEN_STATES
from unet_studio.workbench.viewport import Viewport


class Proposing:
    """Asks the assistant, and lays its answers beside the slices of the case it was asked for."""

    def __init__(
        self, assistant: Assistant, viewport: Viewport, palette: Palette, told: Callable[[str], object]
    ) -> None:
        self._assistant = assistant
        self._viewport = viewport
        self._palette = palette
        self._told = told
        self._asked: tuple[Project, Annotation, int | None] | None = None  # the last with the checkpoint's id
        assistant.predicted.connect(self._predicted)
        viewport.moved.connect(self._look)

    def predict(self, project: Project, annotation: Annotation) -> None:
        """Afterwards proposals for the case's untouched and predicted slices are on their way, or it was told why not."""
        indices = [i for i in range(annotation.case.slices) if annotation.state(i) in OPEN_STATES]
        if indices:
            self._ask(project, annotation, indices)
        else:
            self._told("Every slice is edited or reviewed already, and a prediction never changes those.")

    def is_wanted(self, project: Project, annotation: Annotation) -> bool:
        """Whether a network proposes for this case, or did."""
        if project.is_read_only or project.checkpoints.active is None:
            return False
        return self._assistant.predicting is not None or bool(annotation.proposals)

    def go_on(self, project: Project, annotation: Annotation) -> None:
        """As ``predict``, for a frame that comes after another; not a word where it has proposals or nothing to predict."""
        if not annotation.proposals and any(annotation.state(i) in OPEN_STATES for i in range(annotation.case.slices)):
            self.predict(project, annotation)

    def predict_again(self, project: Project, annotation: Annotation) -> None:
        """Afterwards new proposals are on their way for the slices that have one, by the checkpoint now active."""
        if shown := [i for i, state in annotation.states.items() if state is SliceState.PREDICTED]:
            self._ask(project, annotation, shown)

    # ---- inside

    def _ask(self, project: Project, annotation: Annotation, indices: Sequence[int]) -> None:
        if self._viewport.volume is None:
            return
        active, fallback = project.checkpoints.active, None
        if active is None:
            if (current := self._palette.current) is None:
                self._told("There is no network yet and no label to propose. Add a label first.")
                return
            fallback = OtsuSegmenter(current)
            self._told(
                f"There is no trained network yet, so this first guess is a plain brightness threshold for “{current.name}”. "
                "Correct a few slices, press Enter on each, then click Retrain."
            )
        self._asked = (project, annotation, active.id if active else None)
        file = project.checkpoints.path(active) if active else None
        focus = self._viewport.index if self._viewport.is_working_plane else annotation.case.slices // 2
        self._assistant.predict(PredictionRequest(self._viewport.volume, indices, focus, file, fallback))

    def _predicted(self, prediction: Prediction) -> None:
        assert self._asked is not None
        project, annotation, checkpoint_id = self._asked
        doubt = b"" if prediction.doubt is None else pack(prediction.doubt)
        proposal = Proposal(
            prediction.index, prediction.labels, prediction.uncertainty, checkpoint_id, doubt, prediction.to_correct
        )
        if states := annotation.propose([proposal]):
            case = annotation.case.id
            project.saving.write(lambda store: store.save_proposals(case, [proposal], states))

    def _look(self) -> None:
        if self._viewport.is_working_plane:
            self._assistant.look_at(self._viewport.index)
