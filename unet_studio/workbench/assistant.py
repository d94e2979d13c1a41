"""The network at work for the user: proposals and retraining, and which answer is stale."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from unet_studio.errors import StudioError, TrainingError
from unet_studio.image.volume import Volume
from unet_studio.progress import Progress, Steps
from unet_studio.segmentation.segmenter import Device, Prediction, Segmenter, TrainingOptions, TrainingStep
from unet_studio.workbench.event import Event
from unet_studio.workbench.jobs import Job, Lane, Post
from unet_studio.workbench.slice_queue import SliceQueue
from unet_studio.workbench.training import COMMAND, Material, Trained, discard, training

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

    def __init__(
        self, open_segmenter: OpenSegmenter, post: Post, *, clock: Callable[[], float], command: Sequence[str] = COMMAND
    ) -> None:
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
        self._command = command
        self._training: Job[Trained] | None = None
        self._enough = threading.Event()
        self._unclaimed: list[Trained] = []  # results whose job folder is still ours to remove
        self._opened: tuple[Path, Device, Segmenter] | None = None  # only touched in the prediction lane

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
        self.training = Work("Preparing", None, options.budget_s)
        enough = self._enough = threading.Event()

        def steps() -> Steps[Trained]:
            trained = yield from training(
                materials, options, lambda step: self._post(lambda: self._stepped(job, step)),
                is_enough=enough.is_set, command=self._command,
            )  # fmt: skip
            self._unclaimed.append(trained)
            return trained

        job: Job[Trained] = Job(
            "train", steps, done=lambda trained: self._end_training(job, trained, None),
            failed=lambda error: self._end_training(job, None, error), cancelled=self._discard,
            progressed=lambda p: self._prepared(job, p),
        )  # fmt: skip
        self._training = job
        self._training_lane.submit(job)
        self.changed()

    @property
    def may_finish(self) -> bool:
        """Whether a training goes on that has learned something already and was not told yet that this is enough."""
        return self.training is not None and bool(self.curve.loss) and not self._enough.is_set()

    def finish_training(self) -> None:
        """Afterwards the training learns no more; what it has learned is scored and told of as ever."""
        if self.may_finish and self.training is not None:
            self._enough.set()
            self.training = replace(self.training, message="Finishing", seconds_left=None)
            self.changed()

    def stop_training(self) -> None:
        """Afterwards the training is over without a result; the child dies within a moment."""
        if self._training is not None:
            self._training.cancel()
            self._training = None
            self.training = None
            self.changed()

    def warm_up(self, work: Callable[[], None]) -> None:
        """Afterwards ``work``, such as importing the network's libraries, waits in the prediction lane."""

        def steps() -> Steps[None]:
            yield Progress()
            work()

        def failed(error: Exception) -> None:
            raise error

        self._prediction_lane.submit(Job("warm up", steps, done=lambda _: None, failed=failed))

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Stops everything and waits for it."""
        self.stop_predicting()
        self.stop_training()
        if self._training_lane.close(timeout_s=timeout_s):
            self._discard()
        self._prediction_lane.close(timeout_s=timeout_s)

    # ---- inside

    def _segmenter(self, file: Path) -> Segmenter:
        device = self.device
        if self._opened is None or self._opened[:2] != (file, device):
            self._opened = None
            self._opened = (file, device, self._open_segmenter(file, device))
        return self._opened[2]

    def _discard(self) -> None:
        while self._unclaimed:
            discard(self._unclaimed.pop())

    def _name_device(self, text: str) -> None:
        self.device_text = text
        self.changed()

    def _arrived(self, running: "_Running", prediction: Prediction) -> None:
        if running is self._prediction:
            running.answers += 1
            running.first = self._clock() if running.first is None else running.first
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
        if running is not self._prediction:
            return
        self._prediction = None
        self.predicting = None
        self.changed()
        if error is None or isinstance(error, StudioError):
            self.prediction_ended("" if error is None else str(error))
        else:
            self.prediction_ended("The prediction stopped at a fault in the program. What came so far stays.")
            raise error

    def _stepped(self, job: Job[Trained], step: TrainingStep) -> None:
        if job is self._training:
            self.curve = self.curve.with_step(step)
            message = "Finishing" if self._enough.is_set() else step.message or "Training"
            self.training = Work(message, step.fraction, step.seconds_left)
            self.changed()

    def _prepared(self, job: Job[Trained], progress: Progress) -> None:
        if job is self._training and self.training is not None and self.training.fraction is None:
            self.training = replace(self.training, message=progress.message or self.training.message)
            self.changed()

    def _end_training(self, job: Job[Trained], trained: Trained | None, error: Exception | None) -> None:
        assert job is self._training  # a stopped one is told nothing
        self._training = None
        self.training = None
        self.changed()
        if trained is not None:
            self._unclaimed.remove(trained)
            self.trained(trained)
        elif isinstance(error, StudioError):
            self.training_failed(error)
        elif error is not None:
            self.training_failed(
                TrainingError("The training stopped at a fault in the program. Nothing of yours is lost.")
            )
            raise error


@dataclass(slots=True)
class _Running:
    queue: SliceQueue
    started: float
    job: Job[None] | None = field(default=None)
    answers: int = 0
    first: float | None = None
