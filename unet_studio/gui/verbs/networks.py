"""The Network menu: predict, retrain, checkpoints."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup

from unet_studio.gui.dialogs import questions
from unet_studio.gui.dialogs.checkpoints import CheckpointsDialog
from unet_studio.gui.main_window import MainWindow
from unet_studio.project.records import CheckpointRecord
from unet_studio.workbench.preferences import Preferences
from unet_studio.workbench.retraining import Budget, RetrainChoice, retrain
from unet_studio.workbench.workbench import Workbench

Verbs = dict[str, Callable[[], object]]


class NetworkVerbs:
    """What the user does with networks. How long to train is remembered; from what is chosen for each program start."""

    def __init__(self, window: MainWindow, workbench: Workbench, preferences: Preferences) -> None:
        self._window = window
        self._workbench = workbench
        self._preferences = preferences
        self._choice = RetrainChoice(budget=preferences.settings.training_budget, device=preferences.settings.device)
        self._dialog: CheckpointsDialog | None = None
        workbench.assistant.device = preferences.settings.device
        window.network.finish_asked.connect(workbench.assistant.finish_training)
        window.network.stop_asked.connect(workbench.assistant.stop_training)
        window.network.list_asked.connect(self._list)
        window.network.slice_asked.connect(workbench.go_to)
        window.status.stop_asked.connect(self._stop)
        window.status.retry_asked.connect(self._retry_saving)
        workbench.project_changed.connect(self._project_changed)
        preferences.changed.connect(self._take_settings)
        self._lengths: dict[Budget, QAction] = {}
        self._fill_budgets()

    def verbs(self) -> Verbs:
        """Each command's verb, by id."""
        return {
            "predict": self._workbench.predict,
            "retrain": self._retrain,
            "finish_training": self._workbench.assistant.finish_training,
            "stop": self._stop,
            "checkpoints": self._list,
        }

    # ---- inside

    def _retrain(self) -> None:
        project, assistant = self._workbench.project, self._workbench.assistant
        if project is None:
            return
        if assistant.training is not None:
            self._workbench.told(_tr("A training is going on already. Stop it first to begin another."))
            return
        if self._workbench.annotation is not None:
            self._workbench.annotation.end_stroke()
        retrain(project, assistant, self._choice, self._workbench.palette.classes, self._workbench.told)

    def _stop(self) -> None:
        self._workbench.assistant.stop_predicting()
        self._workbench.assistant.stop_training()
        if self._workbench.project is not None:
            self._workbench.project.worklist.cancel()

    def _retry_saving(self) -> None:
        if self._workbench.project is not None:
            self._workbench.project.saving.retry()

    def _fill_budgets(self) -> None:
        menu = self._window.budgets
        lengths: tuple[tuple[Budget, str], ...] = (
            ("quick", _tr("Quick: 1 minute")),
            ("normal", _tr("Normal: up to 5 minutes")),
            ("thorough", _tr("Thorough: up to 30 minutes")),
        )
        group = QActionGroup(menu)
        for budget, text in lengths:
            action = menu.addAction(text, partial(self._set_budget, budget))
            action.setCheckable(True)
            action.setChecked(budget == self._choice.budget)
            group.addAction(action)
            self._lengths[budget] = action
        menu.addSeparator()
        starts = (
            (_tr("Go on from the active checkpoint"), replace(self._choice, from_scratch=False)),
            (_tr("From scratch: standard network"), replace(self._choice, from_scratch=True, architecture="standard")),
            (
                _tr("From scratch: light network, for slow computers"),
                replace(self._choice, from_scratch=True, architecture="light"),
            ),
            (
                _tr("From scratch: classic U-Net of 2015, large and slow"),
                replace(self._choice, from_scratch=True, architecture="classic"),
            ),
        )
        group = QActionGroup(menu)
        for number, (text, choice) in enumerate(starts):
            action = menu.addAction(text, partial(self._set_start, choice))
            action.setCheckable(True)
            action.setChecked(number == 0)
            group.addAction(action)

    def _take_settings(self) -> None:
        settings = self._preferences.settings
        self._choice = replace(self._choice, budget=settings.training_budget, device=settings.device)
        self._workbench.assistant.device = settings.device
        self._lengths[settings.training_budget].setChecked(True)

    def _set_budget(self, budget: Budget) -> None:
        self._preferences.change(training_budget=budget)

    def _set_start(self, start: RetrainChoice) -> None:
        self._choice = replace(self._choice, from_scratch=start.from_scratch, architecture=start.architecture)

    def _project_changed(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None
        if (project := self._workbench.project) is not None:
            project.checkpoints.asked.connect(self._ask_promotion)

    def _ask_promotion(self, record: CheckpointRecord) -> None:
        project = self._workbench.project
        if questions.ask_promotion(self._window, record) and project is not None and project is self._workbench.project:
            project.checkpoints.activate(record)

    def _list(self) -> None:
        if (project := self._workbench.project) is None:
            return
        dialog = CheckpointsDialog(self._window)
        checkpoints = project.checkpoints

        def record(checkpoint_id: int) -> CheckpointRecord:
            return next(r for r in checkpoints.records if r.id == checkpoint_id)

        def rename(checkpoint_id: int) -> None:
            if name := questions.ask_name(dialog, _tr("Rename checkpoint"), record(checkpoint_id).name):
                checkpoints.rename(record(checkpoint_id), name)

        def delete(checkpoint_id: int) -> None:
            sentence = _tr("“{name}” is gone for good after this.").format(name=record(checkpoint_id).name)
            if questions.ask_sure(dialog, _tr("Delete checkpoint"), sentence, _tr("Delete")):
                checkpoints.delete(record(checkpoint_id))

        def show() -> None:
            dialog.show_records(checkpoints.records, is_editable=not project.is_read_only)

        dialog.activate_asked.connect(lambda checkpoint_id: checkpoints.activate(record(checkpoint_id)))
        dialog.rename_asked.connect(rename)
        dialog.delete_asked.connect(delete)
        checkpoints.changed.connect(show)
        dialog.finished.connect(lambda _: checkpoints.changed.disconnect(show))
        show()
        self._dialog = dialog
        dialog.show()


def _tr(text: str) -> str:
    return QCoreApplication.translate("NetworkVerbs", text)
