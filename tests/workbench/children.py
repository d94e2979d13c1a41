"""Children that stand in for a training: they read no samples and print what they are told to."""

import json
import sys
from pathlib import Path

import psutil

from unet_studio.segmentation.card import card_to_json

_SCRIPT = """
import json, os, pathlib, signal, sys, time
mode, card, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
(folder / "pid").write_text(str(os.getpid()))
def say(**what):
    print(json.dumps(what), flush=True)
def step(n, dice=None):
    how = dict(seconds=float(n), seconds_left=4.0 - n, fraction=n / 4, loss=1.0 / n)
    say(event="step", step=n, held_out_dice=dice, message="", **how)
assert (folder / "samples.npz").exists() and (folder / "options.json").exists()
print("a library says hello", flush=True)
step(1)
step(2, {"1": 0.5})
if mode == "obey":
    assert sys.stdin.readline() == "enough\\n"
    mode = "finish"
if mode == "finish":
    (folder / "checkpoint.safetensors").write_bytes(b"weights")
    print("\\xff not our encoding", flush=True)
    say(event="finished", card=json.loads(card))
    time.sleep(60)  # what has finished is not waited for
elif mode == "fail":
    say(event="failed", message="There was too little memory. Close other programs.")
elif mode == "die":
    os.kill(os.getpid(), signal.SIGKILL)
elif mode == "exit":
    print("a traceback", file=sys.stderr)
    sys.exit(7)
elif mode == "mute":
    os.close(1)
    time.sleep(60)
elif mode == "hang":
    time.sleep(60)
"""


def child(folder: Path, mode: str, card=None) -> list[str]:
    """The command of a child that trains as ``mode`` says."""
    script = folder / "child.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    return [sys.executable, "-S", str(script), mode, card_to_json(card) if card else json.dumps({})]


def training_children() -> list[psutil.Process]:
    """The children that train; a decoder of scans may well be kept warm beside them."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            words = " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            continue
        if process.status() != psutil.STATUS_ZOMBIE and ("child.py" in words or "train-job" in words):
            found.append(process)
    return found
