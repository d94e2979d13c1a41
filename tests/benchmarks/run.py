"""Measures the program against floors taken in the same run: ``python tests/benchmarks/run.py [NAME...] [--json]``."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.row import Row

# A module of rows has ``ROWS``: what can be asked for by name, each a function that yields one row or several.
MODULES = (
    "start_rows",
    "canvas_rows",
    "hand_rows",
    "window_rows",
    "working_rows",
    "files_rows",
    "network_rows",
    "card_rows",
)


def benchmarks() -> dict[str, Callable[[], Iterator[Row]]]:
    """Every benchmark by name."""
    found: dict[str, Callable[[], Iterator[Row]]] = {}
    for module in MODULES:
        found |= importlib.import_module(f"tests.benchmarks.{module}").ROWS
    return found


def main(arguments: list[str]) -> int:
    """Runs the benchmarks named, or all; 1 where a goal was missed."""
    known = benchmarks()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no benchmark is called {unknown[0]}; there are {', '.join(known)}")
    is_met = True
    for name in options.names or known:
        for row in known[name]():
            print(json.dumps(row.as_dict()) if options.json else row.as_text(), flush=True)
            is_met &= row.is_met is not False
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
