"""The steps of a training, and which of the weights on the way are kept."""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from unet_studio.errors import TrainingError
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingStep
from unet_studio.unet.augmentation import augmented
from unet_studio.unet.batches import Batches, TrainingSlice, batch_size, useful_flips
from unet_studio.unet.device import Runtime
from unet_studio.unet.loss import segmentation_loss
from unet_studio.unet.network import build_network
from unet_studio.unet.pace import Pace
from unet_studio.unet.schedule import learning_rate
from unet_studio.unet.setting import REPORT_S, Setting

_CHECKS = 6  # times the held-out slices are looked at on the way
_MOST_CHECKED = 32  # slices looked at then
_CLEARLY_BETTER = (
    0.01  # mean Dice by which earlier weights must beat the last ones to be kept: a check is a small sample
)

Weights = dict[str, Tensor]


def learned(
    setting: Setting, network: nn.Module, slices: Sequence[TrainingSlice]
) -> Generator[TrainingStep, None, tuple[nn.Module, int]]:
    """The averaged network after the last step, or an earlier one that was clearly better; and how many steps there were."""
    clock, field = setting.schedule, setting.preprocessing.field
    count = batch_size(field, setting.runtime.device.type)
    batches = Batches(slices, field=field, count=count, seed=setting.options.seed)
    how = useful_flips(slices)
    chance = torch.Generator(setting.runtime.device).manual_seed(setting.options.seed)
    average = Average(network, setting.placed(build_network(setting.config)))
    optimiser = _optimiser(setting, network)
    checked = evenly_spread(setting.held_out, _MOST_CHECKED)
    # Another number of threads is another order of summing: with steps, where the result is to be the same, it stays.
    pace = Pace(setting.threads, count=torch.get_num_threads()) if setting.options.steps is None else Pace(1)
    best, checks, step, mean_loss, last_s = Best(), 0, 0, math.nan, clock.seconds
    network.train()
    clock.start_learning()
    while not clock.is_over(step):
        progress = clock.learned(step)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(progress, step=step, peak=group["peak"], warm_up_steps=20)
        images, planes = (t.to(setting.runtime.device) for t in batches.draw())
        images, planes = augmented(images, planes, field=field, how=how, generator=chance)
        loss = _stepped(setting.runtime, network, optimiser, images, planes)
        mean_loss = loss if math.isnan(mean_loss) else 0.95 * mean_loss + 0.05 * loss
        step += 1
        average.follow(step)
        pace.note_step(clock.note_step())
        if clock.seconds - last_s > REPORT_S or step == 1:
            last_s = clock.seconds
            yield setting.report(step, "Learning", mean_loss)
        if checked and clock.learned(step) >= (checks + 1) / (_CHECKS + 1) and not clock.is_over(step):
            checks += 1
            scores = yield from setting.score(average.network, setting.values, checked, step=step, message="Learning")
            best.offer(-1.0 if scores.mean is None else scores.mean, average.network)
            clock.skip()
            yield setting.report(step, "Learning", mean_loss, scores.dice)
    if best.weights is not None:
        scores = yield from setting.score(average.network, setting.values, checked, step=step, message="Scoring")
        if scores.mean is not None and best.dice > scores.mean + _CLEARLY_BETTER:
            average.network.load_state_dict(best.weights)
    return average.network.eval(), step


def _optimiser(setting: Setting, network: nn.Module) -> torch.optim.AdamW:
    """AdamW; where the head has grown it learns ten times as fast, or a class of 64 pixels took 350 steps to appear."""
    head = [p for name, p in network.named_parameters() if name.startswith("head.")]
    body = [p for name, p in network.named_parameters() if not name.startswith("head.")]
    has_grown = setting.start is not None and setting.start.values != setting.values
    peak = setting.peak_rate
    groups = [{"params": body, "peak": peak}, {"params": head, "peak": 10 * peak if has_grown else peak}]
    return torch.optim.AdamW(groups, lr=peak, weight_decay=1e-2)


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


class Average:
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
class Best:
    """The best weights measured so far; ``dice`` below 0 while there are none."""

    dice: float = -1.0
    weights: Weights | None = None

    def offer(self, dice: float, network: nn.Module) -> None:
        """Afterwards these weights are kept, if they are at least as good."""
        if dice >= self.dice:
            self.dice = dice
            self.weights = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def evenly_spread(samples: tuple[Sample, ...], most: int) -> tuple[Sample, ...]:
    """At most ``most`` of the samples, evenly spread, those with labels as likely as those without."""
    return tuple(samples[i * len(samples) // most] for i in range(most)) if len(samples) > most else samples
