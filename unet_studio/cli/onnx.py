"""``export-onnx``: ``unet.checkpoint.open_checkpoint`` and ``unet.onnx_export.export_onnx``."""

from argparse import Namespace

from unet_studio.cli.output import Output
from unet_studio.unet.checkpoint import open_checkpoint
from unet_studio.unet.onnx_export import export_onnx, onnx_card


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards there are an ONNX network and, beside it, the card that tells how to use it."""
    checkpoint = open_checkpoint(chosen.checkpoint)
    output.progress(None, "Converting")
    export_onnx(checkpoint, chosen.out)
    card = chosen.out.with_name(f"{chosen.out.stem}.card.json")
    output.say(f"Written: {chosen.out}\nWritten: {card}")
    output.result({"path": str(chosen.out), "card_path": str(card), **onnx_card(checkpoint)})
    return 0
