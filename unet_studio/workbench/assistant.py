"""The network at work for the user: proposals and retraining, and which answer is stale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.segmentation.segmenter import Device, Prediction, Segmenter, TrainingOptions, TrainingStep
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.slice_queue import SliceQueue
from unet_studio.workbench.training import Material, Trained, training

OpenSegmenter = Callable[[Path, Device], Segmenter]
Activity = Literal["idle", "predicting", "training"]


@dataclass(frozen=True, slots=True)
class Curve:
    """How a training went so far: (seconds, loss) and, per class value, (seconds, held-out Dice)."""

    loss: tuple[tuple[float, float], ...] = ()
    dice: tuple[tuple[float, dict[int, float]], ...] = ()

    def with_step(self, step: TrainingStep) -> "Curve":
        """The curve with one more report."""
        loss = self.loss if step.loss is None else (*self.loss, (step.seconds, step.loss))
        dice = self.dice if step.held_out_dice is None else (*self.dice, (step.seconds, dict(step.held_out_dice)))
        return Curve(loss, dice)


@dataclass(frozen=True, slots=True)
class Work:
    """What goes on in one of the assistant's lanes, for the user. ``seconds_left`` is None where it can't be told."""

    message: str = ""
    fraction: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class PredictionRequest:
    """Slices of one volume to predict; ``file`` is the checkpoint, None for the ``fallback`` segmenter."""

    volume: Volume
    slices: Sequence[int]
    focus: int
    file: Path | None
    fallback: Segmenter | None = None


class Assistant:
    """``changed`` tells of progress and of beginnings and ends. Prediction and training go on side by side.

    ``predicted`` is told each answer as it comes, never one of a request that was stopped or replaced; ``stopped`` the end of a
    prediction with a sentence where it failed; ``trained`` a new checkpoint; ``training_failed`` a sentence.
    """

    def __init__(self, open_segmenter: OpenSegmenter, post: Post, *, clock: Callable[[], float]) -> None:
        self.device: Device = "auto"
        self.device_text = ""
        self.predicting: Work | None = None
        self.training: Work | None = None
        self.curve = Curve()
        self.changed: Event[[]] = Event()
        self.predicted: Event[[Prediction]] = Event()
        self.prediction_ended: Event[[str]] = Event()
        self.trained: Event[[Trained]] = Event()
        self.training_failed: Event[[Exception]] = Event()
        self._open_segmenter = open_segmenter
        self._post = post
        self._clock = clock
        self._prediction_lane = Lane("predicting", post)
        self._training_lane = Lane("training", post)
        self._prediction: _Running | None = None
        self._training: Job[Trained] | None = None
        self._opened: tuple[Path, Segmenter] | None = None  # only touched in the prediction lane

    def predict(self, request: PredictionRequest) -> None:
        """Afterwards the slices are being predicted, the focus first; an earlier request is stopped."""
        self.stop_predicting()
        running = _Running(SliceQueue(request.slices, request.focus), self._clock())
        self._prediction = running
        self.predicting = Work("Starting the network")

        def steps() -> Steps[None]:
            yield Progress(None, "Opening the network")
            segmenter = request.fallback if request.file is None else self._segmenter(request.file)
            assert segmenter is not None
            self._post(lambda: self._name_device(segmenter.device))
            for prediction in segmenter.predict(request.volume, running.queue):
                self._post(lambda prediction=prediction: self._arrived(running, prediction))  # type: ignore[misc]
                yield Progress(running.queue.taken / max(1, running.queue.total), "Predicting")

        running.job = Job(
            "predict", steps, done=lambda _: self._end_prediction(running, None),
            failed=lambda error: self._end_prediction(running, error), progressed=lambda p: self._progressed(running, p),
        )  # fmt: skip
        self._prediction_lane.submit(running.job)
        self.changed()

    def look_at(self, index: int) -> None:
        """Afterwards the slices nearest to ``index`` are predicted first."""
        if self._prediction is not None:
            self._prediction.queue.focus(index)

    def stop_predicting(self) -> None:
        """Afterwards no further answer of the running request comes; those that came stay."""
        if self._prediction is not None:
            running, self._prediction = self._prediction, None
            if running.job is not None:
                running.job.cancel()
            self.predicting = None
            self.changed()

    def train(self, materials: Sequence[Material], options: TrainingOptions) -> None:
        """Afterwards a child process trains on the reviewed slices in ``materials``."""
        assert self._training is None
        self.curve = Curve()
        self.training = Work("Preparing", 0.0, options.budget_s)
        job: Job[Trained] = Job(
            "train", lambda: training(materials, options, lambda s: self._post(lambda: self._stepped(job, s))),
            done=lambda trained: self._end_training(job, trained, None),
            failed=lambda error: self._end_training(job, None, error),
            progressed=lambda p: self._prepared(job, p),
        )  # fmt: skip
        self._training = job
        self._training_lane.submit(job)
        self.changed()

    def stop_training(self) -> None:
        """Afterwards the training is over without a result; the child dies within a moment."""
        if self._training is not None:
            self._training.cancel()
            self._training = None
            self.training = None
            self.changed()

    def warm_up(self, file: Path) -> None:
        """Afterwards ``file`` and the libraries it needs get loaded in the prediction lane, for a fast first answer."""

        def steps() -> Steps[None]:
            yield Progress()
            segmenter = self._segmenter(file)
            self._post(lambda: self._name_device(segmenter.device))

        self._prediction_lane.submit(Job("warm up", steps, done=lambda _: None, failed=lambda _: None))

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Stops everything and waits for it."""
        self.stop_predicting()
        self.stop_training()
        self._training_lane.close(timeout_s=timeout_s)
        self._prediction_lane.close(timeout_s=timeout_s)

    # ---- inside

    def _segmenter(self, file: Path) -> Segmenter:
        if self._opened is None or self._opened[0] != file:
            self._opened = None
            self._opened = (file, self._open_segmenter(file, self.device))
        return self._opened[1]

    def _name_device(self, text: str) -> None:
        self.device_text = text
        self.changed()

    def _arrived(self, running: "_Running", prediction: Prediction) -> None:
        if running is self._prediction:
            running.answers += 1
            running.first = running.first or self._clock()
            self.predicted(prediction)

    def _progressed(self, running: "_Running", progress: Progress) -> None:
        if running is not self._prediction:
            return
        left = None
        if running.answers > 1 and running.first is not None:
            pace = (self._clock() - running.first) / (running.answers - 1)
            left = pace * (running.queue.total - running.answers)
        self.predicting = Work(progress.message, progress.fraction, left)
        self.changed()

    def _end_prediction(self, running: "_Running", error: Exception | None) -> None:
        if running is self._prediction:
            self._prediction = None
            self.predicting = None
            self.changed()
            self.prediction_ended("" if error is None else str(error))

    def _stepped(self, job: Job[Trained], step: TrainingStep) -> None:
        if job is self._training:
            self.curve = self.curve.with_step(step)
            self.training = Work(step.message or "Training", step.fraction, step.seconds_left)
            self.changed()

    def _prepared(self, job: Job[Trained], progress: Progress) -> None:
        if job is self._training and progress.message and not self.curve.loss:
            self.training = Work(progress.message, None, self.training.seconds_left if self.training else None)
            self.changed()

    def _end_training(self, job: Job[Trained], trained: Trained | None, error: Exception | None) -> None:
        if job is self._training:
            self._training = None
            self.training = None
            self.changed()
            if trained is not None:
                self.trained(trained)
            elif error is not None:
                self.training_failed(error)


@dataclass(slots=True)
class _Running:
    queue: SliceQueue
    started: float
    job: Job[None] | None = field(default=None)
    answers: int = 0
    first: float | None = None
