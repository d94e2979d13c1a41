"""``python -m unet_studio`` and the command ``unet-studio``: the app, or a command of ``cli``."""

import io
import logging
import multiprocessing
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from unet_studio import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command, or of the app once it is closed: 0, 1 for a problem, 130 where it was interrupted."""
    multiprocessing.freeze_support()
    _keep_libraries_quiet()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or cli.is_path(given[0]):
        return _open_app([Path(path) for path in given])
    return cli.main(given, open_app=_open_app)


def _open_app(paths: list[Path]) -> int:
    from unet_studio import app  # Qt, which no command needs

    return app.run(paths)


def _keep_libraries_quiet() -> None:
    """Afterwards standard error has our sentences only, and any file name can be printed on any terminal."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())  # else Python prints what nobody handles
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
