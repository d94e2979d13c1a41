"""The two commands of a fresh checkout; standard library only.

    python3 installer/bootstrap.py run [ARGUMENT...]     install, then open the app on the sample project
    python3 installer/bootstrap.py test [ARGUMENT...]    install, then every check and the test suite; arguments are pytest's

This file is kept so plain that a Python too old for the rest can still read it and say so: no annotations, no f-strings.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main(arguments):
    """Carries the command out, with a newer Python where this one is too old; the exit code."""
    if sys.version_info < OLDEST:
        return _hand_over(arguments)
    from commands import carry_out

    return carry_out(arguments)


def _hand_over(arguments):
    this = "%d.%d" % sys.version_info[:2]  # noqa: UP031
    for name in NEWER:
        if _runs(name):
            sys.stdout.write("Python %s is too old for UNet Studio; going on with %s.\n" % (this, name))  # noqa: UP031
            sys.stdout.flush()
            return subprocess.call([name, os.path.abspath(__file__)] + arguments)  # noqa: PTH100, RUF005
    sys.stderr.write(
        "UNet Studio needs Python 3.11 or newer and this is Python %s: "  # noqa: UP031
        "install a newer one from https://www.python.org/downloads and run this again.\n" % this
    )
    return 1


def _runs(name):
    if not hasattr(shutil, "which") or not shutil.which(name):
        return False
    # A launcher may be there without its Python behind it.
    return subprocess.call([name, "-c", "pass"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
