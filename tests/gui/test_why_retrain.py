"""The sentence of the network panel on whether a Retrain pays."""

import numpy as np
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import saved
from tests.workbench.making import card_of
from unet_studio.gui.studio import Studio
from unet_studio.gui.why_retrain import why_retrain
from unet_studio.project.records import Proposal
from unet_studio.workbench.corrections import Reasons
from unet_studio.workbench.training import Trained


def test_the_sentence_names_number_and_share() -> None:
    assert why_retrain(Reasons(4, 4, 0.12)).startswith(
        "4 slices reviewed since; you changed 12 % of what was proposed:"
    )
    assert "only 1.5 % of" in why_retrain(Reasons(3, 3, 0.015))
    assert why_retrain(Reasons(5, 5, 0.0)).startswith("The last 5 proposals were right as they were")
    assert why_retrain(Reasons(2, 2, 0.5)) == ""


def test_reviewing_what_was_proposed_says_that_no_retrain_is_needed_yet(studio: Studio, qtbot, tmp_path) -> None:
    workbench = studio.workbench
    file = tmp_path / "run" / "checkpoint.safetensors"  # its folder goes once it is in the project
    file.parent.mkdir()
    file.write_bytes(b"weights")
    workbench.project.checkpoints.add(Trained(file, card_of()))
    qtbot.waitUntil(lambda: workbench.project.checkpoints.active is not None)
    active, annotation = workbench.project.checkpoints.active, workbench.annotation
    shape = annotation.labels(0).shape
    annotation.propose([Proposal(i, np.ones(shape, np.uint8), 0.1, active.id) for i in range(3)])
    for index in range(3):
        annotation.review(index)
    saved(studio, qtbot)
    hints = [one.text() for one in studio.window.network.findChildren(QLabel)]
    assert any(text.startswith("The last 3 proposals were right") for text in hints), hints
