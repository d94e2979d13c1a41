"""The steps of a training, and which of the weights on the way are kept."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingStep
from unet_studio.unet.augmentation import augmented
from unet_studio.unet.batches import Batches, TrainingSlice, batch_size, useful_flips
from unet_studio.unet.network import build_network
from unet_studio.unet.pace import Pace
from unet_studio.unet.setting import REPORT_S, Setting

_CHECKS = 6  # times the held-out slices are looked at on the way
_MOST_CHECKED = 32  # slices looked at then
_CLEARLY_BETTER = (
    0.01  # mean Dice by which earlier weights must beat the last ones to be kept: a check is a small sample
)

Weights = dict[str, Tensor]


def learned(
    setting: Setting, network: nn.Module, slices: Sequence[TrainingSlice], *, fresh: frozenset[int] = frozenset()
) -> Generator[TrainingStep, None, tuple[nn.Module, int]]:
    """The averaged network after the last step, or an earlier one that was clearly better; and how many steps there were.

    ``fresh`` as in ``Batches``.
    """
    clock, field = setting.schedule, setting.preprocessing.field
    count = batch_size(field, setting.runtime.device.type)
    batches = Batches(slices, field=field, count=count, seed=setting.options.seed, fresh=fresh)
    how = useful_flips(slices)
    chance = torch.Generator(setting.runtime.device).manual_seed(setting.options.seed)
    recipe = setting.recipe
    average = Average(network, setting.placed(build_network(setting.config)))
    has_grown = setting.start is not None and setting.start.values != setting.values
    # A head that has grown learns ten times as fast, or a class of 64 pixels took 350 steps to appear.
    optimiser = recipe.optimiser(network, head_factor=10.0 if has_grown else 1.0)
    checked = evenly_spread(setting.held_out, _MOST_CHECKED)
    # Another number of threads is another order of summing: with steps, where the result is to be the same, it stays.
    pace = Pace(setting.threads, count=torch.get_num_threads()) if setting.options.steps is None else Pace(1)
    best, checks, step, last_s = Best(), 0, 0, clock.seconds
    loss: float | None = None
    accuracy: float | None = None
    network.train()
    clock.start_learning()
    while not clock.is_over(step):
        recipe.set_rate(optimiser, progress=clock.learned(step), step=step)
        images, planes = (t.to(setting.runtime.device) for t in batches.draw())
        images, planes = augmented(images, planes, field=field, how=how.at(step), generator=chance)
        told = recipe.stepped(setting.runtime, network, optimiser, images, planes)
        loss, accuracy = _moving(loss, told.loss), _moving(accuracy, told.accuracy)
        step += 1
        average.follow(recipe.average_share(step))
        pace.note_step(clock.note_step())
        if clock.seconds - last_s > REPORT_S or step == 1:
            last_s = clock.seconds
            yield setting.report(step, "Learning", loss, accuracy=accuracy)
        if checked and clock.learned(step) >= (checks + 1) / (_CHECKS + 1) and not clock.is_over(step):
            checks += 1
            judged = yield from setting.score(average.network, setting.values, checked, step=step, message="Learning")
            scores = judged.scores
            best.offer(-1.0 if scores.mean is None else scores.mean, average.network)
            clock.skip()
            yield setting.report(step, "Learning", loss, scores.dice, accuracy)
    if best.weights is not None:
        judged = yield from setting.score(average.network, setting.values, checked, step=step, message="Scoring")
        scores = judged.scores
        if scores.mean is not None and best.dice > scores.mean + _CLEARLY_BETTER:
            average.network.load_state_dict(best.weights)
    return average.network.eval(), step


def _moving(mean: float | None, figure: float | None) -> float | None:
    """The moving mean over about twenty steps."""
    return figure if mean is None or figure is None else 0.95 * mean + 0.05 * figure


class Average:
    """The moving average of a network's weights, which is better and steadier than the weights of any one step."""

    def __init__(self, network: nn.Module, smooth: nn.Module) -> None:
        self.network = smooth
        smooth.load_state_dict(network.state_dict())
        pairs = list(zip(smooth.state_dict().values(), network.state_dict().values(), strict=True))
        self._smooth = [a for a, _ in pairs if a.is_floating_point()]
        self._rough = [b for _, b in pairs if b.is_floating_point()]

    @torch.no_grad()
    def follow(self, share: float) -> None:
        """Afterwards ``share`` of the average is the weights as they are now."""
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
