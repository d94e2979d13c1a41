"""Every hostile and broken input of ../shared/badinputs, through ``info --json``: an accepted outcome within its limits."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKER = Path(os.environ.get("UNET_STUDIO_SHARED", ROOT.parent / "shared")) / "badinputs" / "make.py"

pytestmark = [
    pytest.mark.skipif(not MAKER.is_file(), reason="needs ../shared/badinputs, which is not beside the project"),
    pytest.mark.slow,
    pytest.mark.timeout(1200),
]


class Answer:
    """What ``info`` said of a path, how long it took, and the most memory of it and its child."""

    def __init__(self, path: str, *, on: str = "") -> None:
        command = [sys.executable, "-m", "unet_studio", "info", path, "--json", *(["--on", on] if on else [])]
        started = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            self.most_mb = 0.0
            done = threading.Event()
            watch = threading.Thread(target=self._watch, args=(program.pid, done))
            watch.start()
            try:
                out, self.err = program.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                program.kill()
                out, self.err = program.communicate()
            done.set()
            watch.join()
        self.seconds = time.monotonic() - started
        self.code = program.returncode
        self.said = json.loads(out.decode().splitlines()[-1]) if out else {"outcome": "none", "message": ""}

    def _watch(self, pid: int, done: threading.Event) -> None:
        while not done.wait(0.02):
            try:
                program = psutil.Process(pid)
                held = [p.memory_info().rss for p in (program, *program.children(recursive=True))]
            except psutil.Error:
                continue
            self.most_mb = max(self.most_mb, sum(held) / 1e6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("bad") / "files"
    subprocess.run([sys.executable, str(MAKER), str(made)], check=True, capture_output=True)
    return made


def escaped() -> set[str]:
    """What code in a file that ran, or a path in an archive that was followed, would leave behind."""
    marks = Path(tempfile.gettempdir())
    return {p.name for pattern in ("badinputs_PWNED*", "badinputs_escaped*") for p in marks.glob(pattern)}


def faults(case: dict, answer: Answer, name: str, idle_mb: float) -> list[str]:
    said, found = answer.said, []
    message = (said.get("message") or "").lower()
    if said["outcome"] not in case["accept"]:
        found.append(f"{said['outcome']} instead of {case['accept']}: {message}")
    if answer.code != (1 if said["outcome"] == "error" else 0):
        found.append(f"exit code {answer.code}")
    if said["outcome"] == "error" and name.lower()[:40] not in message:
        found.append(f"does not name the file: {message}")
    if said["outcome"] != "opens" and case["say"] and not any(word.lower() in message for word in case["say"]):
        found.append(f"gives no reason of {case['say']}: {message}")
    if b"Traceback" in answer.err:
        found.append(answer.err.decode("utf-8", "replace")[-500:])
    size = case["expect"].get("size_xyz")
    volume = said["volumes"][0] if said["outcome"].startswith("opens") and said.get("volumes") else None
    if volume and size and volume["size_xyz"][: len(size)] != size:
        found.append(f"size {volume['size_xyz']} instead of {size}")
    if answer.seconds > case["limits"]["seconds"]:
        found.append(f"took {answer.seconds:.1f} s")
    if answer.most_mb - idle_mb > case["limits"]["extra_mb"]:
        found.append(f"took {answer.most_mb - idle_mb:.0f} MB")
    return found


def test_every_bad_input_ends_as_it_may_and_within_its_limits(folder):
    cases = json.loads((folder / "manifest.json").read_text())["cases"]
    scan = str(folder / "nifti" / "ok.nii.gz")
    idle_mb = Answer(scan).most_mb
    mine = [c for c in cases if not (c.get("skip_if_root") and os.geteuid() == 0)]

    def wrong(case: dict) -> list[str]:
        path = os.path.join(os.fspath(folder), os.fsdecode(bytes.fromhex(case["path_bytes_hex"])))  # noqa: PTH118
        answer = Answer(path, on=scan if case["kind"] == "mask" else "")
        name = os.fsencode(Path(path).name).decode("utf-8", "replace")
        return faults(case, answer, name, idle_mb)

    before = escaped()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip((c["id"] for c in mine), pool.map(wrong, mine), strict=True))
    for case in mine:  # a limit is for a program that has the machine to itself: what was late is asked again alone
        if any("took" in fault for fault in found[case["id"]]):
            found[case["id"]] = wrong(case)
    assert len(found) >= 175
    assert escaped() == before
    assert {name: faults for name, faults in found.items() if faults} == {}
