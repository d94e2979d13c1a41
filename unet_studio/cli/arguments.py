"""What may be written behind ``unet-studio``, and what each word means."""

import argparse
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

import unet_studio
from unet_studio.segmentation.label_values import values_from_text

COMMANDS = (
    "info",
    "convert",
    "predict",
    "train",
    "evaluate",
    "export",
    "audit",
    "report",
    "demo",
    "import-keras",
    "export-onnx",
    "bench",
    "doctor",
    "train-job",
)
LABEL_MAP_FORMATS = ("nii.gz", "nii", "nrrd", "mha", "seg.nrrd", "png")
MASK_FORMATS = (*LABEL_MAP_FORMATS, "dcm", "rtstruct.dcm", "stl", "ply", "csv", "xlsx")
_FORMAT = "of the label maps (nii.gz); dcm is a DICOM SEG, csv and xlsx are tables of volumes"
_DEIDENTIFY = "leave the patient out of dcm and rtstruct.dcm, which otherwise name them as the scan does"
_VALUES = 'what the label values mean, such as "0=background 127=ignore 255=lung"; equal names are one class'


class _Parser(ArgumentParser):
    """Says what is wrong in one sentence and exits with 1."""

    def error(self, message: str) -> NoReturn:
        self.exit(1, f"{message[:1].upper()}{message[1:].rstrip('.')}. See {self.prog} --help.\n")


def parsed(arguments: Sequence[str]) -> Namespace:
    """The command line as values; ``command`` names the command.

    Raises:
        SystemExit: help or the version was asked for (0), or something is wrong, which was said (1).
    """
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        _parser().error(f"“{arguments[0]}” is no command, and no file or folder of that name is there")
    chosen = _parser().parse_args(arguments)
    if chosen.command == "train":
        _check_training(chosen)
    return chosen


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="unet-studio",
        description="Outline structures in medical scans with a U-Net that learns from your corrections.",
        epilog="Without a command, or with scans or a project instead of one, it opens the app: unet-studio [PATH ...]",
    )
    parser.add_argument("--version", action="version", version=f"UNet Studio {unet_studio.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_files(commands)
    _add_network(commands)
    _add_interchange(commands)
    _add_program(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _command(commands: _Commands, name: str, summary: str, more: str = "", *, has_json: bool = True) -> ArgumentParser:
    sentence = f"{summary[:1].upper()}{summary[1:]}."
    parser: ArgumentParser = commands.add_parser(name, help=summary, description=f"{sentence} {more}".strip())
    if has_json:
        parser.add_argument("--json", action="store_true", help="one JSON object a line; the last one is the result")
    return parser


def _add_files(commands: _Commands) -> None:
    one = _command(
        commands, "info", "what is in a scan, folder or checkpoint",
        "With --on, whether a mask can lie on a scan as labels. A volume of several is named as PATH#ID.",
    )  # fmt: skip
    one.add_argument("path", metavar="PATH", help="a scan, a folder of DICOM files or pictures, or a checkpoint")
    one.add_argument("--on", metavar="SCAN", help="the scan that PATH, a mask, should lie on")

    one = _command(commands, "convert", "a volume or label map in another format, its geometry kept")
    one.add_argument("source", metavar="IN", help="a scan or label map, all frames of it; PATH#ID for one of several")
    one.add_argument("target", metavar="OUT", type=Path, help="the file to write; its ending tells the format")
    one.add_argument(
        "--on", metavar="SCAN", help="the scan that IN, a label map, lies on: needed for .dcm, .csv and .xlsx"
    )
    one.add_argument("--deidentify", action="store_true", help=_DEIDENTIFY)

    one = _command(commands, "export", "the labels of a project's cases, each on its scan's own grid")
    one.add_argument("project", metavar="PROJECT", type=Path, help="a project folder, NAME.unetstudio")
    one.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write to")
    _add_format(one)

    one = _command(commands, "audit", "who did what when in a project, as a table")
    one.add_argument("project", metavar="PROJECT", type=Path, help="a project folder, NAME.unetstudio")
    one.add_argument("--out", metavar="CSV", type=Path, required=True, help="the file to write")

    one = _command(commands, "report", "a page about each case of a project: pictures, volumes, work, network, scores")
    one.add_argument("project", metavar="PROJECT", type=Path, help="a project folder, NAME.unetstudio")
    one.add_argument("--case", metavar="NAME", help="only the case of this name")
    one.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write NAME.html to")


def _add_network(commands: _Commands) -> None:
    one = _command(
        commands,
        "predict",
        "label maps of scans by a checkpoint",
        "Writes DIR/STEM.FORMAT for each INPUT; all frames of a 4-D scan, of which PATH#N takes one.",
    )
    one.add_argument("checkpoint", metavar="CHECKPOINT", type=Path)
    one.add_argument("inputs", metavar="INPUT", nargs="+", help="a scan; PATH#ID for one of several")
    one.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write to")
    one.add_argument(
        "--probabilities",
        action="store_true",
        help="add STEM.prob.nii.gz: float32, one volume a class, background first",
    )
    _add_format(one)
    _add_device(one)

    one = _command(
        commands, "train", "a checkpoint from scans and their labels, or from a project's reviewed slices",
        "Images and labels belong together by their stem: case1.nii.gz and case1.nii.gz, or a DICOM folder case1. Each label "
        "value is a class; the lowest is background. A share of the cases is kept from training and scored.",
    )  # fmt: skip
    _add_pairs(one, required=False)
    one.add_argument("--project", metavar="DIR", type=Path, help="train on the reviewed slices of a project instead")
    one.add_argument("--out", metavar="CHECKPOINT", type=Path, help="the file to write, NAME.safetensors")
    one.add_argument("--from", dest="start", metavar="CHECKPOINT", type=Path, help="go on from a checkpoint")
    one.add_argument(
        "--architecture", choices=("standard", "light", "classic"), help="begin a new network of this kind (standard)"
    )
    length = one.add_mutually_exclusive_group()
    length.add_argument("--budget", metavar="TIME", type=_seconds, help="how long it may take, such as 300s or 5m (5m)")
    length.add_argument("--steps", metavar="N", type=_count, help="how many steps instead; repeatable with one seed")
    one.add_argument(
        "--hold-out",
        metavar="SHARE",
        type=_share,
        default=0.2,
        help="how much to keep for scoring, 0 to 0.5 (0.2); 0 learns from everything and has no score",
    )
    one.add_argument("--seed", metavar="N", type=int, default=0, help="where chance begins (0)")
    _add_device(one)

    one = _command(
        commands, "evaluate", "how well a checkpoint's label maps agree with yours",
        "For each case and label Dice, IoU and the 95th percentile of the surface distances (HD95, mm), on whole volumes; a "
        "label that neither has is left out of that case. Pixels to be ignored count nowhere.",
    )  # fmt: skip
    one.add_argument("checkpoint", metavar="CHECKPOINT", type=Path)
    _add_pairs(one, required=True)
    one.add_argument("--out", metavar="DIR", type=Path, help="write the label maps that were judged there")
    one.add_argument("--format", choices=LABEL_MAP_FORMATS, default="nii.gz", help="of the label maps (nii.gz)")
    _add_device(one)


def _add_interchange(commands: _Commands) -> None:
    one = _command(
        commands, "import-keras", "a checkpoint from weights of the classic network that Keras saved",
        "Reads .h5, .hdf5 and .weights.h5 as Keras 2 and 3 write them. Nothing in the file is executed.",
    )  # fmt: skip
    one.add_argument("weights", metavar="WEIGHTS", type=Path, help="the file that save_weights or save wrote")
    one.add_argument(
        "--out", metavar="CHECKPOINT", type=Path, required=True, help="the file to write, NAME.safetensors"
    )

    one = _command(
        commands, "export-onnx", "a checkpoint as an ONNX network, with its preprocessing told",
        "What slices must be prepared like is in the file's metadata, and in NAME.card.json beside it.",
    )  # fmt: skip
    one.add_argument("checkpoint", metavar="CHECKPOINT", type=Path)
    one.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file to write, NAME.onnx")


def _add_program(commands: _Commands) -> None:
    one = _command(
        commands, "demo", "the sample project",
        "Opens it in the app; with --headless goes through the whole loop instead: train, predict, correct, retrain, predict.",
    )  # fmt: skip
    one.add_argument("--headless", action="store_true", help="without a window; leaves masks, pictures and a report")
    one.add_argument("--out", metavar="DIR", type=Path, help="a new or empty folder for them (needed with --headless)")
    one.add_argument("--seed", metavar="N", type=int, default=0, help="where chance begins (0)")
    one.add_argument(
        "--budget",
        metavar="TIME",
        type=_seconds,
        default=200.0,
        help="for both trainings, a tenth for the first (200s)",
    )
    _add_device(one)

    one = _command(
        commands, "bench", "this machine's speed beside its own measured limits",
        "Slices a second and training steps a second of each network, and the fraction of the measured peak they reach.",
    )  # fmt: skip
    _add_device(one)

    _command(commands, "doctor", "versions, devices, windows, fonts, memory and folders")

    one = _command(commands, "train-job", "do a training folder's job", has_json=False)
    one.add_argument("folder", metavar="FOLDER", type=Path)
    hidden = [a for a in commands._choices_actions if a.dest == "train-job"]  # its help line; argparse has no other way
    commands._choices_actions.remove(hidden[0])


def _add_pairs(one: ArgumentParser, *, required: bool) -> None:
    one.add_argument("--images", metavar="DIR", type=Path, required=required, help="scans, or one scan")
    one.add_argument(
        "--labels", metavar="DIR", type=Path, required=required, help="their label maps, by the same stems"
    )
    one.add_argument("--cases", metavar="FILE", type=Path, help="only the stems in this file, one a line")
    one.add_argument("--values", metavar="NAMES", type=_values, default={}, help=_VALUES)


def _add_format(one: ArgumentParser) -> None:
    """Where the labels lie on a scan that is at hand: every format."""
    one.add_argument("--format", choices=MASK_FORMATS, default="nii.gz", help=_FORMAT)
    one.add_argument("--deidentify", action="store_true", help=_DEIDENTIFY)


def _add_device(one: ArgumentParser) -> None:
    one.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="where to compute (auto)")


def _check_training(chosen: Namespace) -> None:
    parser = _Parser(prog="unet-studio train")
    pair = (chosen.images, chosen.labels)
    if chosen.project is not None and pair != (None, None):
        parser.error("--project has its own scans; leave out --images and --labels")
    if chosen.project is None and None in pair:
        parser.error("Both --images and --labels are needed, or --project")
    if chosen.project is None and chosen.out is None:
        parser.error("--out is needed: the checkpoint to write")
    if chosen.project is not None and (chosen.cases is not None or chosen.values):
        parser.error("--cases and --values are for --images and --labels; a project has its own")


def _seconds(text: str) -> float:
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(s|m|min|h)?", text.strip())
    if match is None or float(match[1]) <= 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no length of time; write such as 300s or 5m")
    return float(match[1]) * {"h": 3600, "m": 60, "min": 60}.get(match[2] or "s", 1)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of steps; write such as 500")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 0.5:
        raise argparse.ArgumentTypeError(f"“{text}” is no share from 0 to 0.5; write such as 0.2")
    return share


def _values(text: str) -> dict[int, str]:
    try:
        return values_from_text(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
