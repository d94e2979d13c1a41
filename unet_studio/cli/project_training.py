"""``train --project``: ``workbench.retraining.gather``, ``workbench.training.reading_samples`` and ``unet.fine_tuning.train``.

As the app retrains, but in this process, which nobody draws in meanwhile.
"""

import shutil
import tempfile
from argparse import Namespace
from functools import partial
from pathlib import Path

from unet_studio.cli.output import Output
from unet_studio.cli.training import DEFAULT_BUDGET_S, check_target, follow_training, tell_trained
from unet_studio.errors import TrainingError
from unet_studio.files.atomic import replace_file
from unet_studio.project.records import CheckpointRecord, SliceState
from unet_studio.project.store import Store
from unet_studio.segmentation.card import is_better
from unet_studio.segmentation.segmenter import TrainingOptions
from unet_studio.unet.checkpoint import save_checkpoint
from unet_studio.unet.fine_tuning import train
from unet_studio.workbench.checkpoints import remember_trained
from unet_studio.workbench.retraining import gather
from unet_studio.workbench.training import reading_samples


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the project has a new checkpoint, active unless it scored lower than the active one."""
    if chosen.out is not None:
        check_target(chosen.out)
    with Store.open(chosen.project) as store:
        options = _options(store, chosen)
        record = retrain(store, options, output)
        path = store.checkpoint_path(record)
        if chosen.out is not None:
            replace_file(chosen.out, partial(_copy, path))
    if not record.is_active:
        output.warn("It scored lower than the active checkpoint on the held-out slices, which therefore stays active.")
    tell_trained(chosen.out or path, record.card, output)
    return 0


def retrain(
    store: Store, options: TrainingOptions, output: Output, *, start: float = 0.0, share: float = 1.0, prefix: str = ""
) -> CheckpointRecord:
    """Afterwards the project has learned from its reviewed slices; the new checkpoint's record.

    Raises:
        TrainingError: nothing is reviewed but held-out slices, or the training failed.
    """
    reviewed = {
        case.id: frozenset(i for i, s in store.states(case.id).items() if s is SliceState.REVIEWED)
        for case in store.cases()
    }
    materials = gather(store, {case: slices for case, slices in reviewed.items() if slices})
    if all(not (set(m.labels) - m.held_out) for m in materials):
        raise TrainingError(f"The project {store.name} has no reviewed slice to learn from. Review some slices first.")
    samples, held_out = output.follow(reading_samples(materials), start=start, share=0.02 * share)
    work = train(samples, held_out, options)
    checkpoint = follow_training(work, output, start=start + 0.02 * share, share=0.98 * share, prefix=prefix)
    is_active = is_better(checkpoint.card.scores, checkpoint.card.before) is not False
    remember_trained(store, checkpoint.card)
    with tempfile.TemporaryDirectory(prefix="unet-studio-") as folder:
        file = Path(folder) / "checkpoint.safetensors"
        save_checkpoint(file, checkpoint)
        return store.add_checkpoint(file, checkpoint.card, activate=is_active)


def _options(store: Store, chosen: Namespace) -> TrainingOptions:
    active = store.active_checkpoint()
    rival = None if active is None else store.checkpoint_path(active)
    start = chosen.start or (rival if chosen.architecture is None else None)
    return TrainingOptions(
        store.classes(),
        budget_s=None if chosen.steps is not None else chosen.budget or DEFAULT_BUDGET_S,
        steps=chosen.steps,
        architecture=chosen.architecture or "standard",
        start=start,
        rival=rival,
        seed=chosen.seed,
        device=chosen.device,
        name=f"Checkpoint {max((r.id for r in store.checkpoints()), default=0) + 1}",
    )


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
