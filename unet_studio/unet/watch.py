"""How the held-out slices do while a network learns: when to look, which weights were best, and when it is enough."""

import math
from collections.abc import Generator

from torch import Tensor, nn

from unet_studio.segmentation.card import Scores
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingStep
from unet_studio.unet.setting import Setting

_LOOKS = 6  # in short trainings
_OFTEN_S = 20.0  # between two looks, in trainings that are long enough
_LOOKING_SHARE = 0.1  # of the time, at most
_MOST_LOOKED_AT = 32  # slices
_CLEARLY_BETTER = (
    0.01  # mean Dice by which earlier weights must beat the last ones to be kept, as few slices tell little
)
_FEWEST_TO_LEVEL = 8  # held-out slices
_RISE = 0.002  # mean Dice below which nothing has got better
_SHORTEST_S = 180.0  # nothing is given up sooner
_FEWEST_STEPS = 1000  # nor after fewer, as a slow network or machine may not have begun to learn by then
_LEVEL_SHARE = 1 / 3  # of the time so far, in which nothing got better

Weights = dict[str, Tensor]


class Watch:
    """Looks at some held-out slices now and then; for one training, which may have none.

    ``has_levelled`` once their Dice has not risen for a third of a training that has a budget
    (docs/decisions/0042-a-training-ends-early.md).
    """

    def __init__(self, setting: Setting) -> None:
        self.has_levelled = False
        self._setting = setting
        self._samples = evenly_spread(setting.held_out, _MOST_LOOKED_AT)
        self._looks = 0
        self._next_s = setting.schedule.seconds + self._every_s(0.0)
        self._level = Level()
        self._best_dice = -1.0
        self._best: Weights | None = None

    def is_due(self, step: int) -> bool:
        """Whether it is time to look again, after ``step`` steps."""
        clock = self._setting.schedule
        if not self._samples or clock.is_over(step):
            return False
        if self._setting.options.budget_s is None:  # the same in every run
            return clock.learned(step) >= (self._looks + 1) / (_LOOKS + 1)
        return clock.seconds >= self._next_s

    def look(self, network: nn.Module, *, step: int, message: str) -> Generator[TrainingStep, None, Scores]:
        """The scores of the network now; the time it takes is no step's."""
        clock = self._setting.schedule
        began_s = clock.seconds
        scores = yield from self._scores(network, step=step, message=message)
        self._looks += 1
        self._next_s = clock.seconds + self._every_s(clock.seconds - began_s)
        self._offer(-1.0 if scores.mean is None else scores.mean, network)
        has_time = self._setting.options.budget_s is not None
        if has_time and scores.mean is not None and len(self._samples) >= _FEWEST_TO_LEVEL:
            self._level.note(clock.seconds, scores.mean)
            self.has_levelled = self._level.is_reached(clock.seconds, step)
        clock.skip()
        return scores

    def choose(self, network: nn.Module, *, step: int) -> Generator[TrainingStep, None, None]:
        """Afterwards the network has the best weights that were looked at, if they are clearly better than its own."""
        if self._best is not None:
            scores = yield from self._scores(network, step=step, message="Scoring")
            if scores.mean is not None and self._best_dice > scores.mean + _CLEARLY_BETTER:
                network.load_state_dict(self._best)

    def _scores(self, network: nn.Module, *, step: int, message: str) -> Generator[TrainingStep, None, Scores]:
        setting = self._setting
        judged = yield from setting.score(network, setting.values, self._samples, step=step, message=message)
        return judged.scores

    def _offer(self, dice: float, network: nn.Module) -> None:
        if dice >= self._best_dice:
            self._best_dice = dice
            self._best = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}

    def _every_s(self, look_s: float) -> float:
        """The seconds from one look to the next, where each takes ``look_s``."""
        budget_s = self._setting.options.budget_s
        if budget_s is None:
            return math.inf
        return max(min(budget_s / (_LOOKS + 1), _OFTEN_S), look_s / _LOOKING_SHARE)


class Level:
    """Tells when a score that is measured now and then no longer rises."""

    def __init__(self) -> None:
        self._highest, self._since_s = -math.inf, 0.0

    def note(self, seconds: float, score: float) -> None:
        """Called with each score and when it was measured, from the start of the training."""
        if score > self._highest + _RISE:
            self._highest, self._since_s = score, seconds

    def is_reached(self, seconds: float, step: int) -> bool:
        """Whether it has not risen for a third of the time until now, after time and steps enough to have learned something."""
        if self._highest <= 0 or seconds < _SHORTEST_S or step < _FEWEST_STEPS:
            return False
        return seconds - self._since_s >= _LEVEL_SHARE * seconds


def evenly_spread(samples: tuple[Sample, ...], most: int) -> tuple[Sample, ...]:
    """At most ``most`` of the samples, evenly spread, those with labels as likely as those without."""
    return tuple(samples[i * len(samples) // most] for i in range(most)) if len(samples) > most else samples
