"""The steps of a training, and which of the weights on the way are kept."""

from collections.abc import Generator, Sequence

import torch
from torch import nn

from unet_studio.segmentation.card import Ended
from unet_studio.segmentation.segmenter import TrainingStep
from unet_studio.unet.augmentation import augmented
from unet_studio.unet.batches import Batches, TrainingSlice, batch_size, useful_flips
from unet_studio.unet.device import sent
from unet_studio.unet.network import build_network
from unet_studio.unet.pace import Pace
from unet_studio.unet.setting import REPORT_S, Setting
from unet_studio.unet.stepping import Stepping
from unet_studio.unet.watch import Watch

_LAST_SHARE = 0.1  # of the time it has taken, for which a training that has levelled goes on while its rate falls


def learned(
    setting: Setting, network: nn.Module, slices: Sequence[TrainingSlice], *, fresh: frozenset[int] = frozenset()
) -> Generator[TrainingStep, None, tuple[nn.Module, int, Ended]]:
    """The averaged network after the last step, or an earlier one that was clearly better; how many steps, and why no more.

    ``fresh`` as in ``Batches``.
    """
    clock, field = setting.schedule, setting.preprocessing.field
    count = batch_size(field, setting.runtime.device.type)
    batches = Batches(slices, field=field, count=count, seed=setting.options.seed, fresh=fresh)
    how = useful_flips(slices)
    chance = torch.Generator().manual_seed(setting.options.seed)
    recipe = setting.recipe
    average = Average(network, setting.placed(build_network(setting.config)))
    has_grown = setting.start is not None and setting.start.values != setting.values
    # A head that has grown learns ten times as fast, or a class of 64 pixels took 350 steps to appear.
    coarse = recipe.coarse_heads(network)
    optimiser = recipe.optimiser(network, coarse, head_factor=10.0 if has_grown else 1.0)
    stepping = Stepping(recipe, setting.runtime, network, optimiser, coarse)
    # Another number of threads is another order of summing: with steps, where the result is to be the same, it stays.
    pace = Pace(setting.threads, count=torch.get_num_threads()) if setting.options.steps is None else Pace(1)
    watch, message, step, last_s = Watch(setting), "Learning", 0, clock.seconds
    ended: Ended = "planned"
    loss: float | None = None
    accuracy: float | None = None
    network.train()
    clock.start_learning()
    while not clock.is_over(step):
        recipe.set_rate(optimiser, progress=clock.learned(step), step=step)
        images, planes = (sent(t, setting.runtime.device) for t in batches.draw())
        images, planes = augmented(images, planes, field=field, how=how.at(step), generator=chance)
        told = stepping(images, planes)
        loss, accuracy = _moving(loss, told.loss), _moving(accuracy, told.accuracy)
        step += 1
        average.follow(recipe.average_share(step))
        pace.note_step(clock.note_step())
        if setting.is_enough():
            ended = "asked"
            clock.end_now()
        if clock.seconds - last_s > REPORT_S or step == 1:
            last_s = clock.seconds
            yield setting.report(step, message, loss, accuracy=accuracy)
        if watch.is_due(step):
            scores = yield from watch.look(average.network, step=step, message=message)
            if watch.has_levelled and ended == "planned":
                ended, message = "level", "Finishing: the held-out slices get no better"
                clock.end_within(_LAST_SHARE * clock.seconds)
            yield setting.report(step, message, loss, scores.dice, accuracy)
    stepping.finish()
    yield from watch.choose(average.network, step=step)
    return average.network.eval(), step, ended


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
