"""``import-keras``: ``unet.keras_weights.import_keras`` and ``unet.checkpoint.save_checkpoint``."""

from argparse import Namespace

from unet_studio.cli.info import card_fields
from unet_studio.cli.output import Output
from unet_studio.cli.training import check_target
from unet_studio.unet.checkpoint import save_checkpoint
from unet_studio.unet.keras_weights import import_keras


def run(chosen: Namespace, output: Output) -> int:
    """Afterwards there is a checkpoint of the classic network with the weights of a Keras file."""
    check_target(chosen.out)
    checkpoint = import_keras(chosen.weights, name=chosen.out.stem)
    save_checkpoint(chosen.out, checkpoint)
    output.say(f"Written: {chosen.out} (classic, {checkpoint.card.parameters:,} parameters)")
    output.say("It expects grey values of 0 to 255 and sees slices 256 pixels wide, as the network's demo does.")
    output.result({"checkpoint": str(chosen.out), **card_fields(checkpoint.card)})
    return 0
