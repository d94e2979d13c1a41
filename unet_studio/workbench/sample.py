"""The sample that comes with the program, and the project made of it."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from unet_studio.errors import WriteError
from unet_studio.files.atomic import replace_file, write_error
from unet_studio.files.label_maps import read_label_map
from unet_studio.files.volumes import read_volume
from unet_studio.image.volume import Volume
from unet_studio.labels.edit import edit_between
from unet_studio.labels.label_map import LabelClass, Labels
from unet_studio.project.records import Case, Change, SliceState
from unet_studio.project.settings import HOME
from unet_studio.project.store import Store
from unet_studio.resources import resource
from unet_studio.workbench.scan import working_axis


@dataclass(frozen=True, slots=True)
class ShippedSample:
    """``scan`` and ``reference``, its right labels, are shipped files; ``reviewed`` the slices that start out reviewed."""

    name: str
    scan: Path
    reference: Path
    classes: tuple[LabelClass, ...]
    reviewed: tuple[int, ...]

    def reference_labels(self, volume: Volume) -> Labels:
        """The right labels (z, y, x) on the scan's grid."""
        labels, _ = read_label_map(self.reference, volume.geometry)
        return labels


def shipped_sample() -> ShippedSample:
    """The sample as ``resources/sample/sample.json`` describes it."""
    plan = json.loads(resource("sample", "sample.json").read_text(encoding="utf-8"))
    classes = tuple(LabelClass(c["value"], c["name"], tuple(c["colour"])) for c in plan["classes"])
    scan, reference = resource("sample", plan["scan"]), resource("sample", plan["reference"])
    return ShippedSample(plan["name"], scan, reference, classes, tuple(plan["reviewed"]))


def projects_folder() -> Path:
    """Where projects go unless the user says otherwise; the variable ``UNET_STUDIO_HOME`` names another home for them."""
    home = os.environ.get(HOME)
    return Path(home) / "projects" if home else platformdirs.user_documents_path() / "UNet Studio"


def make_sample_project(folder: Path) -> None:
    """Afterwards ``folder``, which must not exist, is a project about the sample, its scan copied beside it.

    It is made under another name and moved, so there is never half a project.

    Raises:
        WriteError: the scan can't be copied there, or the project not be moved into place.
        ProjectError: the project can't be made.
    """
    sample = shipped_sample()
    volume = read_volume(sample.scan)
    reference = sample.reference_labels(volume)
    scan = _copy_beside(sample.scan, folder)
    making = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        with Store.create(making, name=sample.name, classes=sample.classes) as store:
            case = store.add_case(
                name=sample.name, path=scan, choice="", fingerprint=volume.fingerprint,
                shape=volume.geometry.shape, axis=working_axis(volume),
            )  # fmt: skip
            for index in sample.reviewed:
                record_review(store, case, index, reference)
        making.rename(folder)
    except OSError as error:
        raise write_error(folder, error) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def record_review(store: Store, case: Case, index: int, labels: Labels) -> None:
    """Afterwards working slice ``index`` of the project holds what ``labels`` (z, y, x) has there, and is reviewed.

    One action, as when a user corrects the slice and presses Enter.
    """
    at = (slice(None),) * case.axis + (slice(index, index + 1),)
    start = [0, 0, 0]
    start[case.axis] = index
    edit = edit_between("Correct", store.labels(case)[at], labels[at], start=(start[0], start[1], start[2]))
    state = store.states(case.id).get(index, SliceState.UNTOUCHED)
    change = Change(f"Review slice {index + 1}", edit, {index: (state, SliceState.REVIEWED)})
    store.record(case.id, change, {index: labels[at].squeeze(case.axis).copy()})


def _copy_beside(scan: Path, folder: Path) -> Path:
    """A copy of the sample's scan in the folder that will hold the project, called as the project is."""
    target = folder.with_name(folder.stem + "".join(scan.suffixes))
    if target.exists():
        if target.is_file() and target.read_bytes() == scan.read_bytes():
            return target
        raise WriteError(f"{target.name} is in the way of the sample's scan; move it away.", path=target)
    replace_file(target, lambda beside: _copy(scan, beside))
    return target


def _copy(scan: Path, target: Path) -> None:
    target.write_bytes(scan.read_bytes())
