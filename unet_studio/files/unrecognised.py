"""What to say of a file that is no scan: by its content, as exactly as that can be told."""

from pathlib import Path

from unet_studio.errors import ReadError
from unet_studio.files.regular import shown
from unet_studio.files.stored import read_start

_FORMATS = "Open DICOM, NIfTI, NRRD, MetaImage, PNG, JPEG or TIFF."
_DATABASES = (".db", ".sqlite", ".sqlite3")


def unrecognised(path: Path) -> ReadError:
    """The error for an ordinary file that is of no kind that is read.

    Raises:
        ReadError: it can't be read at all.
    """
    from unet_studio.segmentation.pickled import pickled_fault

    head = read_start(path, 16)
    if path.name.lower().endswith(_DATABASES) or head.startswith(b"SQLite format 3"):
        from unet_studio.project.loose import database_fault

        sentence = f"{shown(path)} {database_fault(path)}."
    elif fault := pickled_fault(path):
        sentence = f"{shown(path)} {fault}."
    elif path.suffix.lower() == ".safetensors":
        sentence = f"{shown(path)} holds weights of a network and no scan. “unet-studio info” tells its architecture."
    elif head.startswith(b"PK\x03\x04"):
        from unet_studio.files.archive import archive_refusal

        sentence = archive_refusal(path)
    else:
        sentence = ""
    return ReadError(sentence or f"{shown(path)} is not in a format that is recognised. {_FORMATS}", path=path)
