"""``convert``: ``files.volumes.reading`` and ``files.volumes.write_volume``."""

from argparse import Namespace

from unet_studio.cli.arguments import LATER_FORMATS
from unet_studio.cli.output import Output
from unet_studio.errors import WriteError
from unet_studio.files.regular import shown
from unet_studio.files.volumes import reading, split_choice, write_volume


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards the target holds the source's voxels on its grid."""
    if chosen.target.name.lower().endswith(tuple(f".{f}" for f in LATER_FORMATS)):
        raise WriteError(
            f"{shown(chosen.target)} can't be written: that format is not supported yet; choose .nrrd or .nii.gz.",
            path=chosen.target,
        )
    volume = output.follow(reading(*split_choice(chosen.source)))
    for warning in volume.warnings:
        output.warn(warning)
    write_volume(chosen.target, volume)
    output.say(f"Written: {chosen.target}")
    output.result({"path": str(chosen.target), "warnings": list(volume.warnings)})
    return 0
