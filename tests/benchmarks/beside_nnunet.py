"""nnU-Net v2 (2-D, its own trainer, CPU) on the sets of ``labelled.py``, in the same time and on the same split as ours.

    PYTHONPATH=. PEER/bin/python tests/benchmarks/beside_nnunet.py SET... [--budget 300] [--work DIR] [--json]

Needs an environment of its own with nnunetv2 beside this program's packages. Its planner chooses patch, batch and network; its
learning rate falls to its end within the budget; neither planning nor preprocessing counts into it, which is in its favour. One
process augments in turn with the training, as there are two cores. Prediction is its own, with mirroring as its default is.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nibabel
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.labelled import LabelledCase, LabelledSet, labelled_sets
from unet_studio.cli.evaluation import score_case

DATASET = "Dataset001_Beside"
TRIAL_STEPS = 3


def main(arguments: list[str]) -> int:
    """Prints one line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="SET")
    parser.add_argument("--budget", type=float, default=300.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    for name in chosen.names:
        work = Path(tempfile.mkdtemp(prefix="beside-", dir=chosen.work))
        try:
            found = beside(labelled_sets()[name], chosen.budget, work, threads=chosen.threads)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        print(json.dumps(found) if chosen.json else f"{name}: {found}", flush=True)
    return 0


def beside(one: LabelledSet, budget_s: float, work: Path, *, threads: int) -> dict:
    """Mean Dice over the test cases by class, steps, and what its planner chose."""
    for variable, folder in (("raw", "raw"), ("preprocessed", "pre"), ("results", "results")):
        os.environ[f"nnUNet_{variable}"] = str(work / folder)
    os.environ |= {"nnUNet_n_proc_DA": "2", "nnUNet_compile": "f"}
    import torch
    from nnunetv2.experiment_planning import plan_and_preprocess_api as planning

    write_raw(one, work / "raw" / DATASET)
    planning.extract_fingerprints([1], num_processes=1)
    planning.plan_experiments([1])
    planning.preprocess([1], configurations=("2d",), num_processes=(1,))
    os.environ |= {"nnUNet_n_proc_DA": "0"}  # which its planner takes for a number of threads
    torch.set_num_threads(threads)
    trainer, steps, seconds = trained(work, budget_s)
    scores = [scored(one, case, trainer, work / f"{number}") for number, case in enumerate(one.test)]
    plan = trainer.configuration_manager
    return {
        "set": one.name, "split": one.split, "steps": steps, "seconds": round(seconds),
        "dice": {name: round(value, 4) for name, value in one.mean_dice(scores).items()},
        "lowest": round(min(d for s in scores for d in s.dice.values()), 3),
        "patch": list(map(int, plan.patch_size)), "batch": int(plan.batch_size),
    }  # fmt: skip


def write_raw(one: LabelledSet, folder: Path) -> None:
    """The training cases as nnU-Net wants them: one channel a file, labels from 0 without holes, ignored ones last."""
    (folder / "imagesTr").mkdir(parents=True)
    (folder / "labelsTr").mkdir()
    values = one.values
    has_ignored = False
    channels = 1
    for number, case in enumerate(one.training):
        volume, labels = case.read()
        told = values.read(labels)
        is_unknown = told == values.unknown
        has_ignored |= bool(is_unknown.any())
        told = np.where(is_unknown, len(one.classes) + 1, told)
        channels = 1 if volume.voxels.ndim == 3 else volume.voxels.shape[3]
        affine = np.diag([*reversed(volume.geometry.spacing_mm), 1.0])
        for channel in range(channels):
            voxels = volume.voxels if volume.voxels.ndim == 3 else volume.voxels[..., channel]
            save(folder / "imagesTr" / f"c{number:03}_{channel:04}.nii.gz", voxels.astype(np.float32), affine)
        save(folder / "labelsTr" / f"c{number:03}.nii.gz", told.astype(np.uint8), affine)
    names = {"background": 0} | {c.name: k for k, c in enumerate(one.classes, start=1)}
    if has_ignored:
        names["ignore"] = len(one.classes) + 1
    described = {
        "channel_names": {str(k): "zscore" for k in range(channels)}, "labels": names, "numTraining": len(one.training),
        "file_ending": ".nii.gz",
    }  # fmt: skip
    (folder / "dataset.json").write_text(json.dumps(described))


def save(path: Path, voxels: np.ndarray, affine: np.ndarray) -> None:
    """Voxels (z, y, x) as a NIfTI."""
    nibabel.save(nibabel.Nifti1Image(np.ascontiguousarray(voxels.T), affine), path)


def trained(work: Path, budget_s: float):
    """Its trainer after the budget, the steps it made and the seconds it took."""
    import torch
    from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer

    pre = work / "pre" / DATASET
    plans = json.loads((pre / "nnUNetPlans.json").read_text())
    plans["continue_training"] = False
    described = json.loads((work / "raw" / DATASET / "dataset.json").read_text())
    trainer = nnUNetTrainer(plans, "2d", "all", described, device=torch.device("cpu"))
    trainer.initialize()
    trainer.on_train_start()
    trainer.network.train()
    began = time.monotonic()
    for _ in range(TRIAL_STEPS):
        trainer.train_step(next(trainer.dataloader_train))
    step_s = (time.monotonic() - began) / TRIAL_STEPS
    trainer.initial_steps = max(1, round((budget_s - (time.monotonic() - began)) / step_s))
    trainer.lr_scheduler.max_steps = trainer.initial_steps
    steps = TRIAL_STEPS
    while time.monotonic() - began < budget_s:
        trainer.lr_scheduler.step(min(steps, trainer.initial_steps - 1))
        trainer.train_step(next(trainer.dataloader_train))
        steps += 1
    return trainer, steps, time.monotonic() - began


def scored(one: LabelledSet, case: LabelledCase, trainer, folder: Path):
    """The scores of a test case, predicted by its own predictor."""
    import torch
    from nnunetv2.imageio.simpleitk_reader_writer import SimpleITKIO
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    volume, labels = case.read()
    folder.mkdir()
    affine = np.diag([*reversed(volume.geometry.spacing_mm), 1.0])
    paths = []
    for channel in range(1 if volume.voxels.ndim == 3 else volume.voxels.shape[3]):
        voxels = volume.voxels if volume.voxels.ndim == 3 else volume.voxels[..., channel]
        paths.append(folder / f"scan_{channel:04}.nii.gz")
        save(paths[-1], voxels.astype(np.float32), affine)
    predictor = nnUNetPredictor(device=torch.device("cpu"), perform_everything_on_device=False, allow_tqdm=False)
    predictor.manual_initialization(
        trainer.network, trainer.plans_manager, trainer.configuration_manager, None, trainer.dataset_json,
        type(trainer).__name__, trainer.inference_allowed_mirroring_axes,
    )  # fmt: skip
    trainer.set_deep_supervision_enabled(False)
    trainer.network.eval()
    predictor.list_of_parameters = [trainer.network.state_dict()]
    voxels, properties = SimpleITKIO().read_images([str(p) for p in paths])
    answer = predictor.predict_single_npy_array(voxels, properties)
    return score_case(case.name, one.values.written(answer.astype(np.uint8)), labels, one.values, volume.geometry)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
