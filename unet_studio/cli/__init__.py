"""The command line: everything the app can do to files, with no window and no Qt in the process.

Each command is a module of its own, imported when it is asked for, whose ``run`` is a thin layer over functions of the
floors below; its docstring names them, as they are the same thing for Python programs.
"""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from unet_studio.cli.arguments import COMMANDS, parsed
from unet_studio.cli.output import Output
from unet_studio.errors import ChoiceNeeded, StudioError

OpenApp = Callable[[list[Path]], int]
_LISTED = 6  # ids of a choice in a sentence
INTERRUPTED = 130  # what shells give a program that Ctrl+C ended


def is_path(word: str) -> bool:
    """Whether the first word of a command line is something to open and no command or option."""
    if word in COMMANDS or word.startswith("-"):
        return False
    return Path(word).exists() or Path(word.rpartition("#")[0] or word).exists()


def main(arguments: Sequence[str], *, open_app: OpenApp) -> int:
    """The exit code of a command: 0, 1 after one sentence on standard error, 130 where Ctrl+C ended it.

    ``open_app`` is what ``demo`` shows the sample project with.
    """
    try:
        chosen = parsed(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    output = Output(as_json=getattr(chosen, "json", False), out=sys.stdout, err=sys.stderr, clock=time.monotonic)
    try:
        return _run(chosen, output, open_app)
    except ChoiceNeeded as error:
        more = ", …" * (len(error.choices) > _LISTED)
        output.fail(f"{error} Give one of them behind the path, as PATH#id: {', '.join(error.choices[:_LISTED])}{more}")
        return 1
    except StudioError as error:
        output.fail(str(error))
        return 1
    except MemoryError:
        output.fail("There is not enough memory for this; close other programs or work on a smaller scan.")
        return 1
    except KeyboardInterrupt:
        output.fail("Interrupted; files that were written before are complete.")
        return INTERRUPTED
    except BrokenPipeError:  # nobody reads on, as in ``| head``
        sys.stdout = None  # else Python complains on its way out
        return 1


def _run(chosen: Namespace, output: Output, open_app: OpenApp) -> int:
    """Each module is imported only here: torch, and the readers of scans, take seconds that ``--help`` need not wait for."""
    match chosen.command:
        case "info":
            from unet_studio.cli import info

            return info.run(chosen, output)
        case "convert":
            from unet_studio.cli import conversion

            return conversion.run(chosen, output)
        case "predict":
            from unet_studio.cli import prediction

            return prediction.run(chosen, output)
        case "train":
            from unet_studio.cli import training

            return training.run(chosen, output)
        case "evaluate":
            from unet_studio.cli import evaluation

            return evaluation.run(chosen, output)
        case "export":
            from unet_studio.cli import exporting

            return exporting.run(chosen, output)
        case "audit":
            from unet_studio.cli import audit

            return audit.run(chosen, output)
        case "report":
            from unet_studio.cli import case_reports

            return case_reports.run(chosen, output)
        case "demo":
            from unet_studio.cli import demo

            return demo.run(chosen, output, open_app)
        case "import-keras" | "export-onnx" | "bench":
            return _run_on_networks(chosen, output)
        case "doctor":
            from unet_studio.cli import doctor

            return doctor.run(output)
        case "train-job":
            from unet_studio.unet.job import run_job

            return run_job(chosen.folder, words=0)  # standard input
    raise AssertionError(chosen.command)


def _run_on_networks(chosen: Namespace, output: Output) -> int:
    """The commands about networks that no scan is needed for."""
    match chosen.command:
        case "import-keras":
            from unet_studio.cli import keras

            return keras.run(chosen, output)
        case "export-onnx":
            from unet_studio.cli import onnx

            return onnx.run(chosen, output)
        case "bench":
            from unet_studio.cli import bench

            return bench.run(chosen, output)
    raise AssertionError(chosen.command)
