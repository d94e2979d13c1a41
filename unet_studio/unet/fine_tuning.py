"""Training in a time box: from nothing or from a checkpoint, on a few reviewed slices, to a checkpoint with honest scores."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import torch
from torch import nn

import unet_studio
from unet_studio.errors import TrainingError
from unet_studio.segmentation.card import CheckpointCard, Ended, Regression, Scores, regressions
from unet_studio.segmentation.samples import Sample
from unet_studio.segmentation.segmenter import TrainingOptions, TrainingStep
from unet_studio.unet.batches import Prepared, TrainingSlice, training_slice
from unet_studio.unet.checkpoint import Checkpoint, open_checkpoint
from unet_studio.unet.device import choose_runtime, memory_refusals, repeatable, use_threads
from unet_studio.unet.inference import Judged
from unet_studio.unet.learning import learned
from unet_studio.unet.network import Config, UNet, build_network, config_of, parameter_count
from unet_studio.unet.pace import serving_threads
from unet_studio.unet.planning import plan_preprocessing
from unet_studio.unet.preprocessing import Preprocessing
from unet_studio.unet.schedule import Schedule
from unet_studio.unet.setting import REPORT_S, Setting
from unet_studio.unet.warm_start import grown_network
from unet_studio.unet.watch import evenly_spread

_EARLIER_JUDGED = 16  # slices learned from before that are looked at again

Training = Generator[TrainingStep, None, Checkpoint]


def train(
    samples: Sequence[Sample],
    held_out: Sequence[Sample],
    options: TrainingOptions,
    *,
    is_enough: Callable[[], bool] = lambda: False,
) -> Training:
    """A checkpoint trained on ``samples`` and scored on ``held_out``, which may be empty; a report about every second.

    With a budget it ends within it, set-up, scoring and (by the caller) writing included, and sooner where the held-out slices
    have not got better for long. With steps, the same seed on the same machine gives the same weights. ``is_enough`` is asked
    after each step; once true, what has been learned is scored and returned. Nothing is written.

    Raises:
        TrainingError: there is nothing to learn from, the slices' channels differ, or the loss stopped being a number.
        OutOfMemory: the device's memory was not enough.
        CheckpointError: the checkpoint to start from can't be opened.
    """
    schedule = Schedule(budget_s=options.budget_s, steps=options.steps)
    threads = torch.get_num_threads()
    try:
        torch.set_flush_denormal(True)  # costs nothing, and spares the processor numbers so small that they are slow
        if options.budget_s is not None:
            use_threads(serving_threads(threads))
        with memory_refusals(), repeatable(is_wanted=options.steps is not None):
            return (yield from _trained(samples, held_out, options, schedule, threads, is_enough))
    finally:
        use_threads(threads)
        torch.set_flush_denormal(False)  # the rest of the thread reckons as IEEE 754 has it


def _trained(
    samples: Sequence[Sample],
    held_out: Sequence[Sample],
    options: TrainingOptions,
    schedule: Schedule,
    threads: int,
    is_enough: Callable[[], bool],
) -> Training:
    yield TrainingStep(0, schedule.seconds, schedule.seconds_left(0), 0.0, message="Preparing the slices")
    _check_samples(samples, held_out)
    runtime = choose_runtime(options.device)
    torch.manual_seed(options.seed)
    start = None if options.start is None else open_checkpoint(options.start)
    config, network, preprocessing = _beginning(samples, options, start)
    fresh = _fresh(samples, start)
    known = tuple(s for i, s in enumerate(samples) if i not in fresh)
    earlier = evenly_spread(known, _EARLIER_JUDGED)
    setting = Setting(
        options, runtime, schedule, start, config, preprocessing, tuple(held_out), earlier, threads, is_enough
    )
    slices: list[TrainingSlice] = []
    prepared: Prepared = {}
    last_s = schedule.seconds
    for sample in samples:
        slices.append(training_slice(sample, preprocessing, setting.values, prepared))
        if schedule.seconds - last_s > REPORT_S:
            last_s = schedule.seconds
            yield setting.report(0, "Preparing the slices")
    network = setting.placed(network)
    setting, before = yield from _judged_before(setting)
    network, step, ended = yield from learned(setting, network, slices, fresh=fresh)
    after = yield from setting.score(network, setting.values, setting.held_out, step=step, message="Scoring")
    kept = yield from setting.score(network, setting.values, setting.earlier, step=step, message="Scoring")
    weights = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format)
        for name, tensor in network.state_dict().items()
    }
    worse = () if before is None else regressions(before.slices, {**after.slices, **kept.slices})
    scores = after.scores
    scored_before = None if before is None or not setting.held_out else before.scores
    card = _card(setting, network, samples, scores=scores, before=scored_before, worse=worse, steps=step, ended=ended)
    yield replace(setting.report(step, "Finished", dice=scores.dice or None), fraction=1.0, seconds_left=0.0)
    return Checkpoint(config, preprocessing, card, weights)


def _fresh(samples: Sequence[Sample], start: Checkpoint | None) -> frozenset[int]:
    """The places of the samples that the checkpoint to start from has not learned from."""
    known = {} if start is None else start.card.trained_on
    return frozenset(i for i, s in enumerate(samples) if s.index not in known.get(s.case, ()))


def _check_samples(samples: Sequence[Sample], held_out: Sequence[Sample]) -> None:
    channels = {s.image.shape[2] for s in (*samples, *held_out)}
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
    channels = samples[0].image.shape[2]
    if start is None:
        config = config_of(options.architecture, in_channels=channels, classes=len(values) + 1)
        plan = plan_preprocessing(samples, values=values, stride=config.stride)
        if options.architecture == "classic":
            plan = replace(plan, neighbours=0)  # as its demo has it
        config = replace(config, in_channels=plan.inputs)
        network = build_network(config)
        if isinstance(network, UNet):
            network.look_first_at(channels)
        return config, network, plan
    if start.preprocessing.channels != channels:
        raise TrainingError(
            f"The checkpoint {start.card.name} was trained on scans of {start.preprocessing.channels} channels and these have "
            f"{channels}; train from scratch instead."
        )
    config, network = grown_network(start, values)
    return config, network, start.preprocessing


def _judged_before(setting: Setting) -> Generator[TrainingStep, None, tuple[Setting, Judged | None]]:
    """How the checkpoint before does, and the setting with no more slices than can be scored in time.

    Its scores are of the held-out slices; its Dice by slice are of the ``earlier`` ones too. With a budget, scoring may take a
    tenth of it each time; the slices left out are spread evenly.
    """
    clock, some = setting.schedule, (*setting.held_out, *setting.earlier)[:2]
    if not some:
        return setting, None
    rival = _rival(setting)
    judged = setting if rival is None else replace(setting, preprocessing=rival.preprocessing)
    network = setting.placed(rival.network() if rival else build_network(setting.config))
    known = rival.values if rival else setting.values
    message = "Preparing the slices"
    yield from judged.score(network, known, some[:1], step=0, message=message)  # the first is slower than all others
    began = clock.seconds
    yield from judged.score(network, known, some, step=0, message=message)
    a_slice_s = (clock.seconds - began) / len(some)
    if setting.options.budget_s is not None:
        most = max(4, int(0.1 * setting.options.budget_s / max(a_slice_s, 1e-6)))
        held_out = evenly_spread(setting.held_out, most)
        setting = replace(
            setting, held_out=held_out, earlier=evenly_spread(setting.earlier, max(0, most - len(held_out)))
        )
    clock.reserve_s = 1.3 * a_slice_s * (len(setting.held_out) + len(setting.earlier))
    if rival is None:
        return setting, None
    message = "Scoring the checkpoint before"
    before = yield from judged.score(network, known, setting.held_out, step=0, message=message)
    learned_before = yield from judged.score(network, known, setting.earlier, step=0, message=message)
    return setting, replace(before, slices={**before.slices, **learned_before.slices})


def _rival(setting: Setting) -> Checkpoint | None:
    """The checkpoint to be measured against; None where there is none, or it can't read these scans' channels."""
    if setting.options.rival in (None, setting.options.start):
        return setting.start
    assert setting.options.rival is not None
    rival = open_checkpoint(setting.options.rival)
    return rival if rival.preprocessing.channels == setting.preprocessing.channels else None


def _card(
    setting: Setting,
    network: nn.Module,
    samples: Sequence[Sample],
    *,
    scores: Scores,
    before: Scores | None,
    worse: tuple[Regression, ...],
    steps: int,
    ended: Ended,
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
        worse=worse,
        ended=ended,
    )


def _slices(samples: Sequence[Sample]) -> dict[str, tuple[int, ...]]:
    """The slice numbers per case."""
    cases: dict[str, list[int]] = {}
    for sample in samples:
        cases.setdefault(sample.case, []).append(sample.index)
    return {case: tuple(sorted(indices)) for case, indices in cases.items()}
