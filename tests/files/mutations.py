"""Valid files with bytes flipped, cut and lengths changed. ``python -m tests.files.mutations 300 [SEED]`` reads so many."""

import collections
import faulthandler
import random
import sys
import tempfile
import time
from pathlib import Path

from pydicom.data import get_testdata_file

from tests.files.phantoms import dicom_slice, labels, nifti, save, volume
from unet_studio.files.volumes import inspect, inspection_json, write_volume
from unet_studio.image.volume import Geometry, Volume

DEADLINE_S = 10.0  # that of the decoding child, and a busy machine
OUTCOMES = ("opens", "opens_warn", "asks", "error")
Original = tuple[str, bytes]


def originals(folder: Path) -> list[Original]:
    """One valid file of each kind, by name."""
    (folder / "a.nii").write_bytes(nifti())
    for name in ("b.nii.gz", "c.nrrd", "d.mha"):
        write_volume(folder / name, volume())
    picture = Volume(labels()[:1].copy(), Geometry((1, 6, 5)))
    for name in ("e.png", "f.tif"):
        write_volume(folder / name, picture)
    save(dicom_slice(0), folder / "g.dcm")
    for name in ("MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "SC_rgb_jpeg_dcmtk.dcm"):
        (folder / f"h_{name}").write_bytes(Path(str(get_testdata_file(name, download=False))).read_bytes())
    return [(p.name, p.read_bytes()) for p in sorted(folder.iterdir())]


def mutated(content: bytes, dice: random.Random) -> bytes:
    """A copy with one to four faults: a byte changed, the end cut off, a length field written over, bytes put in."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        kind = dice.randrange(4)
        at = dice.randrange(max(1, min(len(made), 700 if dice.random() < 0.7 else 20_000)))
        if kind == 0:
            made[at : at + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del made[dice.randrange(1, len(made) + 1) :]
        elif kind == 2:
            made[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"9999", b"-1  "])
        else:
            made[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 9)))
    return bytes(made)


def faults_of(
    valid: list[Original], folder: Path, *, seed: int, count: int, seen: collections.Counter | None = None
) -> list[str]:
    """What went wrong with ``count`` mutated files; ``seen`` counts their outcomes."""
    dice, faults = random.Random(seed), []
    for number in range(count):
        name, content = dice.choice(valid)
        path = folder / f"{number}{name}"
        path.write_bytes(mutated(content, dice))
        started = time.monotonic()
        found = inspection_json(inspect(path))
        took = time.monotonic() - started
        if took > DEADLINE_S:
            faults.append(f"{path.name} took {took:.1f} s")
        if found["outcome"] not in OUTCOMES:
            faults.append(f"{path.name} ended as {found['outcome']}")
        if found["outcome"] == "error" and path.name not in found["message"]:
            faults.append(f"{path.name} is not named: {found['message']}")
        if seen is not None:
            seen[found["outcome"]] += 1
        path.unlink()
    return faults


def main() -> int:
    """Tells the seed first, so that a crash can be had again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(2**32)
    faulthandler.enable()
    print(f"seed {seed}", flush=True)
    seen: collections.Counter = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "valid").mkdir()
        started = time.monotonic()
        faults = faults_of(originals(Path(folder) / "valid"), Path(folder), seed=seed, count=count, seen=seen)
    print(f"{count} files in {time.monotonic() - started:.0f} s: {dict(seen)}; {len(faults)} faults")
    print("\n".join(faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
