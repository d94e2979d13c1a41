"""Training in a time box: from nothing or from a checkpoint, on a few reviewed slices, to a checkpoint with honest scores."""

import math
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

import torch
from torch import Tensor, nn

import unet_studio
from unet_studio.errors import TrainingError
from unet_studio.segmentation.card import CheckpointCard, Scores
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet.augmentation import augmented
from unet_studio.unet.batches import Batches, TrainingSlice, batch_size, training_slice, useful_flips
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint
from unet_studio.unet.device import Runtime, choose_runtime, memory_refusals
from unet_studio.unet.inference import scored
from unet_studio.unet.loss import segmentation_loss
from unet_studio.unet.network import Config, build_network, config_of, parameter_count
from unet_studio.unet.planning import plan_preprocessing
from unet_studio.unet.preprocessing import Preprocessing
from unet_studio.unet.schedule import Schedule, learning_rate
from unet_studio.unet.warm_start import grown_network

_CHECKS = 6  # times the held-out slices are looked at on the way
_MOST_CHECKED = 32  # slices looked at then
_CLEARLY_BETTER = (
    0.01  # mean Dice by which earlier weights must beat the last ones to be kept: a check is a small sample
)
_REPORT_S = 0.5

Training = Generator[TrainingStep, None, Checkpoint]
Weights = dict[str, Tensor]


def train(samples: Sequence[Sample], held_out: Sequence[Sample], options: TrainingOptions) -> Training:
    """A checkpoint trained on ``samples`` and scored on ``held_out``, which may be empty; a report about every second.

    With a budget it ends within it, set-up, scoring and (by the caller) writing included. With steps, the same seed on the
    same machine gives the same weights. Nothing is written.

    Raises:
        TrainingError: there is nothing to learn from, the slices' channels differ, or the loss stopped being a number.
        OutOfMemory: the device's memory was not enough.
        CheckpointError: the checkpoint to start from can't be opened.
    """
    schedule = Schedule(budget_s=options.budget_s, steps=options.steps)
    with memory_refusals():
        return (yield from _trained(samples, held_out, options, schedule))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What one training has to do with, and what stays as it is."""

    options: TrainingOptions
    runtime: Runtime
    schedule: Schedule
    start: Checkpoint | None
    config: Config
    preprocessing: Preprocessing
    held_out: tuple[Sample, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(c.value for c in self.options.label_classes)

    @property
    def peak_rate(self) -> float:
        """AdamW's highest step: from a checkpoint a third, as its weights are good already; the classic one as its demo's."""
        if self.config.architecture == "classic":
            return 1e-4
        return 1e-3 if self.start is not None else 3e-3

    def report(
        self, step: int, message: str, loss: float | None = None, dice: Mapping[int, float] | None = None
    ) -> TrainingStep:
        clock = self.schedule
        return TrainingStep(step, clock.seconds, clock.seconds_left(step), clock.fraction(step), loss, dice, message)


def _trained(
    samples: Sequence[Sample], held_out: Sequence[Sample], options: TrainingOptions, schedule: Schedule
) -> Training:
    yield TrainingStep(0, schedule.seconds, schedule.seconds_left(0), 0.0, message="Preparing the slices")
    _check_samples([*samples, *held_out])
    runtime = choose_runtime(options.device)
    torch.manual_seed(options.seed)
    start = None if options.start is None else open_checkpoint(options.start)
    config, network, preprocessing = _beginning(samples, options, start)
    setting = _Setting(options, runtime, schedule, start, config, preprocessing, tuple(held_out))
    slices: list[TrainingSlice] = []
    last_s = schedule.seconds
    for sample in samples:
        slices.append(training_slice(sample, preprocessing, setting.values))
        if schedule.seconds - last_s > _REPORT_S:
            last_s = schedule.seconds
            yield setting.report(0, "Preparing the slices")
    network = network.to(runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    setting, before = yield from _scored_before(setting)
    network, step = yield from _learned(setting, network, slices)
    scores = yield from _score(setting, network, setting.values, setting.held_out, step=step, message="Scoring")
    weights = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format)
        for name, tensor in network.state_dict().items()
    }
    card = _card(setting, network, samples, scores=scores, before=before, steps=step)
    yield setting.report(step, "Finished", dice=scores.dice or None)
    return Checkpoint(config, preprocessing, card, weights)


def _check_samples(samples: Sequence[Sample]) -> None:
    channels = {s.image.shape[2] for s in samples}
    if not samples:
        raise TrainingError("There is no reviewed slice to learn from; review at least one slice first.")
    if len(channels) > 1:
        raise TrainingError(
            f"Some slices have {min(channels)} channels and some {max(channels)}; train grey and colour scans apart."
        )


def _beginning(
    samples: Sequence[Sample], options: TrainingOptions, start: Checkpoint | None
) -> tuple[Config, nn.Module, Preprocessing]:
    values = tuple(c.value for c in options.label_classes)
    if not samples:
        raise TrainingError("There is no reviewed slice to learn from; review at least one slice first.")
    channels = samples[0].image.shape[2]
    if start is None:
        config = config_of(options.architecture, in_channels=channels, classes=len(values) + 1)
        return config, build_network(config), plan_preprocessing(samples, values=values, stride=config.stride)
    if start.config.in_channels != channels:
        raise TrainingError(
            f"The checkpoint {start.card.name} was trained on scans of {start.config.in_channels} channels and these have "
            f"{channels}; train from scratch instead."
        )
    config, network = grown_network(start, values)
    return config, network, start.preprocessing


def _scored_before(setting: _Setting) -> Generator[TrainingStep, None, tuple[_Setting, Scores | None]]:
    """The scores of the checkpoint it starts from, and the setting with no more held-out slices than can be scored in time.

    With a budget, scoring may take a tenth of it each time; the slices left out are spread evenly.
    """
    clock, held_out = setting.schedule, setting.held_out
    if not held_out:
        return setting, None
    network = _ready(setting, setting.start.network() if setting.start else build_network(setting.config))
    known = setting.start.values if setting.start else setting.values
    yield from _score(
        setting, network, known, held_out[:1], step=0, message="Preparing the slices"
    )  # the first is slow
    began = clock.seconds
    yield from _score(setting, network, known, held_out[:2], step=0, message="Preparing the slices")
    a_slice_s = (clock.seconds - began) / len(held_out[:2])
    if setting.options.budget_s is not None:
        most = max(4, int(0.1 * setting.options.budget_s / max(a_slice_s, 1e-6)))
        held_out = _spread(held_out, most)
    clock.reserve_s = 1.3 * a_slice_s * len(held_out)
    setting = _Setting(
        setting.options, setting.runtime, clock, setting.start, setting.config, setting.preprocessing, held_out
    )
    if setting.start is None:
        return setting, None
    message = "Scoring the checkpoint to start from"
    return setting, (yield from _score(setting, network, known, held_out, step=0, message=message))


def _spread(samples: tuple[Sample, ...], most: int) -> tuple[Sample, ...]:
    """At most ``most`` of the samples, evenly spread, those with labels as likely as those without."""
    return tuple(samples[i * len(samples) // most] for i in range(most)) if len(samples) > most else samples


def _ready(setting: _Setting, network: nn.Module) -> nn.Module:
    return network.to(setting.runtime.device, memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _score(
    setting: _Setting, network: nn.Module, known: Sequence[int], samples: Sequence[Sample], *, step: int, message: str
) -> Generator[TrainingStep, None, Scores]:
    last_s = setting.schedule.seconds
    work = scored(network, setting.preprocessing, setting.runtime, samples=samples, values=known, asked=setting.values)
    with closing(work):
        while True:
            try:
                next(work)
            except StopIteration as end:
                scores: Scores = end.value
                return scores
            if setting.schedule.seconds - last_s > _REPORT_S:
                last_s = setting.schedule.seconds
                yield setting.report(step, message)


class _Average:
    """The moving average of a network's weights, which is better and steadier than the weights of any one step."""

    def __init__(self, network: nn.Module, smooth: nn.Module) -> None:
        self.network = smooth
        smooth.load_state_dict(network.state_dict())
        pairs = list(zip(smooth.state_dict().values(), network.state_dict().values(), strict=True))
        self._smooth = [a for a, _ in pairs if a.is_floating_point()]
        self._rough = [b for _, b in pairs if b.is_floating_point()]

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Afterwards the average holds this step: over about the last hundred, fewer at first."""
        share = max(0.01, 1 - (1 + step) / (10 + step))
        torch._foreach_lerp_(self._smooth, self._rough, share)


@dataclass(slots=True)
class _Best:
    """The best weights measured so far; ``dice`` below 0 while there are none."""

    dice: float = -1.0
    weights: Weights | None = None

    def offer(self, dice: float, network: nn.Module) -> None:
        """Afterwards these weights are kept, if they are at least as good."""
        if dice >= self.dice:
            self.dice = dice
            self.weights = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def _learned(
    setting: _Setting, network: nn.Module, slices: Sequence[TrainingSlice]
) -> Generator[TrainingStep, None, tuple[nn.Module, int]]:
    """The averaged network after the last step, or an earlier one that was clearly better; and how many steps there were."""
    clock, field = setting.schedule, setting.preprocessing.field
    count = batch_size(field, setting.runtime.device.type)
    batches = Batches(slices, field=field, count=count, seed=setting.options.seed)
    how = useful_flips(slices)
    chance = torch.Generator(setting.runtime.device).manual_seed(setting.options.seed)
    average = _Average(network, _ready(setting, build_network(setting.config)))
    optimiser = torch.optim.AdamW(network.parameters(), lr=setting.peak_rate, weight_decay=1e-2)
    checked = _spread(setting.held_out, _MOST_CHECKED)
    best, checks, step, mean_loss, last_s = _Best(), 0, 0, math.nan, clock.seconds
    network.train()
    clock.start_learning()
    while not clock.is_over(step):
        progress = clock.learned(step)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(progress, step=step, peak=setting.peak_rate, warm_up_steps=20)
        images, planes = (t.to(setting.runtime.device) for t in batches.draw())
        images, planes = augmented(images, planes, field=field, how=how, generator=chance)
        loss = _stepped(setting.runtime, network, optimiser, images, planes)
        mean_loss = loss if math.isnan(mean_loss) else 0.95 * mean_loss + 0.05 * loss
        step += 1
        average.follow(step)
        clock.note_step()
        if clock.seconds - last_s > _REPORT_S or step == 1:
            last_s = clock.seconds
            yield setting.report(step, "Learning", mean_loss)
        if checked and clock.learned(step) >= (checks + 1) / (_CHECKS + 1) and not clock.is_over(step):
            checks += 1
            scores = yield from _score(setting, average.network, setting.values, checked, step=step, message="Learning")
            best.offer(-1.0 if scores.mean is None else scores.mean, average.network)
            clock.skip()
            yield setting.report(step, "Learning", mean_loss, scores.dice)
    if best.weights is not None:
        scores = yield from _score(setting, average.network, setting.values, checked, step=step, message="Scoring")
        if scores.mean is not None and best.dice > scores.mean + _CLEARLY_BETTER:
            average.network.load_state_dict(best.weights)
    return average.network.eval(), step


def _stepped(
    runtime: Runtime, network: nn.Module, optimiser: torch.optim.Optimizer, images: Tensor, planes: Tensor
) -> float:
    """The loss of a batch, after a step that makes it smaller.

    Raises:
        TrainingError: the loss is not a number.
    """
    images = images.contiguous(memory_format=torch.channels_last)
    with runtime.autocast():
        logits: Tensor = network(images)
    loss = segmentation_loss(logits, (planes.long() - 2).clamp(min=-1))
    found = float(loss.detach())
    if not math.isfinite(found):
        raise TrainingError(
            "The training went astray (its loss is not a number); train from scratch, or look for broken scans."
        )
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimiser.step()
    return found


def _card(
    setting: _Setting,
    network: nn.Module,
    samples: Sequence[Sample],
    *,
    scores: Scores,
    before: Scores | None,
    steps: int,
) -> CheckpointCard:
    options, start = setting.options, setting.start
    return CheckpointCard(
        name=options.name or f"{setting.config.architecture} {datetime.now(UTC):%Y-%m-%d %H:%M}",
        architecture=setting.config.architecture,
        parameters=parameter_count(network),
        label_classes=options.label_classes,
        scores=scores,
        before=before,
        trained_on=_slices(samples),
        held_out=_slices(setting.held_out),
        parent=None if start is None else start.card.name,
        seed=options.seed,
        steps=steps,
        seconds=round(setting.schedule.seconds, 1),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        program_version=unet_studio.__version__,
    )


def _slices(samples: Sequence[Sample]) -> dict[str, tuple[int, ...]]:
    """The slice numbers per case."""
    cases: dict[str, list[int]] = {}
    for sample in samples:
        cases.setdefault(sample.case, []).append(sample.index)
    return {case: tuple(sorted(indices)) for case, indices in cases.items()}
