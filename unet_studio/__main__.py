"""``python -m unet_studio`` and the command ``unet-studio``: the app, or a command of ``cli``."""

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from unet_studio import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command, or of the app once it is closed: 0, 1 for a problem, 130 where it was interrupted."""
    multiprocessing.freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or cli.is_path(given[0]):
        return _open_app([Path(path) for path in given])
    return cli.main(given, open_app=_open_app)


def _open_app(paths: list[Path]) -> int:
    from unet_studio import app  # Qt, which no command needs

    return app.run(paths)


if __name__ == "__main__":
    sys.exit(main())
