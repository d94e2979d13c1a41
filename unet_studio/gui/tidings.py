"""What the user is told without having asked: that something failed, works again, is ready, or is locked."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from unet_studio.gui.language import said
from unet_studio.gui.notices import Notices
from unet_studio.gui.panels.network import clock_text
from unet_studio.project.records import CheckpointRecord
from unet_studio.workbench.saving import Saving
from unet_studio.workbench.workbench import Workbench


class Tidings:
    """Puts what ``workbench`` tells into ``notices``."""

    def __init__(self, notices: Notices, workbench: Workbench) -> None:
        self._notices = notices
        self._workbench = workbench
        self._is_failing = False  # saving, and the user was told
        workbench.told.connect(lambda sentence: notices.show_sentence(sentence))
        workbench.locked.connect(self._offer_to_look)
        workbench.assistant.prediction_ended.connect(self.tell_bad)
        workbench.assistant.training_failed.connect(lambda error: self.tell_bad(str(error)))

    def tell_saving(self, saving: Saving | None) -> None:
        """A sentence over the picture when saving begins to fail, which nobody drawing can miss, and when it works again."""
        if saving is not None and saving.error and not self._is_failing:
            self._is_failing = True
            self._notices.show_sentence(
                _tr("What you draw is not saved at the moment; it is tried again every few seconds. {why}").format(
                    why=said(saving.error)
                ),
                is_bad=True, button=_tr("Try again"), verb=saving.retry,
            )  # fmt: skip
        elif self._is_failing and (saving is None or not (saving.error or saving.pending)):
            self._is_failing = False
            if saving is not None:
                self._notices.show_sentence(_tr("Everything is saved again."))

    def tell_bad(self, sentence: str) -> None:
        """Afterwards the sentence, if there is one, is shown as bad news."""
        if sentence:
            self._notices.show_sentence(sentence, is_bad=True)

    def tell_added(self, record: CheckpointRecord, *, is_active: bool) -> None:
        """A checkpoint came in; told of where it is in use, and where its training ended before its time by itself."""
        if is_active and record.card.ended == "level":
            sentence = _tr("{name} is ready and in use. It took {time}, as the held-out slices got no better.")
            self._notices.show_sentence(sentence.format(name=record.name, time=clock_text(record.card.seconds)))
        elif is_active:
            self._notices.show_sentence(_tr("{name} is ready and in use.").format(name=record.name))

    def _offer_to_look(self, folder: Path, sentence: str) -> None:
        self._notices.show_sentence(
            sentence, is_bad=True, button=_tr("Look only"),
            verb=lambda: self._workbench.open_project(folder, read_only=True),
        )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Showing", text)
