"""``report``: ``workbench.case_report.reporting`` and ``files.case_report.write_page``."""

from argparse import Namespace
from datetime import UTC, datetime

from unet_studio.cli.output import Output
from unet_studio.errors import ProjectError, WriteError
from unet_studio.files.case_report import write_page
from unet_studio.files.regular import shown
from unet_studio.project.store import Store
from unet_studio.workbench.case_report import material_of, reporting
from unet_studio.workbench.export import file_name


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards each case, or the one named, has a page in the folder; the project is only read."""
    with Store.open(chosen.project, read_only=True) as store:
        cases = [case for case in store.cases() if chosen.case in (None, case.name)]
        if not cases:
            what = "has no cases" if chosen.case is None else f"has no case “{chosen.case}”"
            raise ProjectError(
                f"{shown(chosen.project)} {what}, so there is nothing to report. Check its list of cases."
            )
        materials = [material_of(store, case) for case in cases]
    try:
        chosen.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"The folder {shown(chosen.out)} can't be made ({error.strerror}). Choose another one.", path=chosen.out
        ) from error
    written = []
    for number, material in enumerate(materials):
        share = 1 / len(materials)
        report = output.follow(reporting(material, now=datetime.now(UTC)), start=number * share, share=share)
        name = file_name(material.case.name)
        path = chosen.out / f"{name}{f'-{number + 1}' if chosen.out / f'{name}.html' in written else ''}.html"
        write_page(path, report)
        written.append(path)
        output.say(f"Written: {path}")
    output.result({"reports": [str(path) for path in written]})
    return 0
