"""``export``: ``project.store.Store`` and ``workbench.export.exporting``."""

from argparse import Namespace

from unet_studio.cli.output import Output
from unet_studio.errors import ProjectError
from unet_studio.files.regular import shown
from unet_studio.project.records import SliceState
from unet_studio.project.store import Store
from unet_studio.workbench.export import exporting


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the labels of every case lie in a folder; the project is only read."""
    with Store.open(chosen.project, read_only=True) as store:
        classes = store.classes()
        cases = store.cases()
        items = [(case, store.scan_path(case), store.labels(case)) for case in cases]
        states = {case.id: list(store.states(case.id).values()) for case in cases}
    if not items:
        raise ProjectError(f"{shown(chosen.project)} has no cases, so there is nothing to export. Add a scan first.")
    suffix = f".{chosen.format}"
    written = output.follow(exporting(items, chosen.out, suffix, classes, is_deidentified=chosen.deidentify))
    fields = []
    for one in written:
        case = one.case
        counts = {state.value: states[case.id].count(state) for state in SliceState if state in states[case.id]}
        files = [str(path) for path in one.files]
        fields.append({
            "case": case.name, "mask": files[0] if files else None, "files": files, "problem": one.problem,
            "slices": case.slices, "states": counts,
        })  # fmt: skip
        if one.problem:
            output.warn(one.problem)
        for path in one.files:
            output.say(f"Written: {path} ({counts.get('reviewed', 0)} of {case.slices} slices reviewed)")
    output.result({"classes": {str(c.value): c.name for c in classes}, "cases": fields})
    return 0
