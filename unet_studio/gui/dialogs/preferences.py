"""Every setting: searched, applied at once, each with its default and a way back to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.fuzzy import best_fit
from unet_studio.gui.preference_table import PREFERENCES, Preference, said
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID
from unet_studio.project.settings import Settings
from unet_studio.workbench.preferences import Preferences

_STEPS = 20  # of a share


class PreferencesDialog(QDialog):
    """Stays open beside the work; ``ask_keys`` opens the list of keys."""

    def __init__(self, parent: QWidget, preferences: Preferences, ask_keys: Callable[[], object]) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._rows: dict[str, _Row] = {}
        self._headings: dict[str, QLabel] = {}
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(84 * GRID, 82 * GRID)
        self._search = QLineEdit(self)
        self._search.setObjectName("preferencesSearch")
        self._search.setAccessibleName(self.tr("Search the preferences"))
        self._search.setPlaceholderText(self.tr("Search the preferences"))
        self._search.setToolTip(self.tr("A few letters of what you look for"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show_found)
        self._none = QLabel(self.tr("No preference is called like this."), self)
        self._none.setObjectName("preferencesNone")
        self._none.setProperty("role", "dim")
        listed = self._list()  # before the buttons, as Tab goes through them
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(
            False
        )  # Enter in the search closes nothing
        self._reset_all = QPushButton(self.tr("Reset all"), self)
        self._reset_all.setObjectName("resetPreferences")
        self._reset_all.setAccessibleName(self.tr("Reset all"))
        self._reset_all.setToolTip(self.tr("Every preference above goes back to its default"))
        self._reset_all.setAutoDefault(False)
        self._reset_all.clicked.connect(self._give_all_back)
        keys = QPushButton(self.tr("Keys…"), self)
        keys.setObjectName("askKeys")
        keys.setAccessibleName(self.tr("Keys"))
        keys.setToolTip(self.tr("See, search and change the keys of all commands"))
        keys.setAutoDefault(False)
        keys.clicked.connect(ask_keys)
        buttons.addButton(self._reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(keys, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (self._search, self._none, listed, buttons):
            layout.addWidget(widget)
        preferences.changed.connect(self.show_settings)
        self.finished.connect(lambda _: preferences.changed.disconnect(self.show_settings))
        self.show_settings()
        self._show_found("")
        self._search.setFocus()

    def show_settings(self) -> None:
        """Afterwards each setting is shown as it is now."""
        settings = self._preferences.settings
        for name, row in self._rows.items():
            row.show_value(getattr(settings, name))
        self._reset_all.setEnabled(any(row.is_changed for row in self._rows.values()))

    # ---- inside

    def _list(self) -> QScrollArea:
        body = QWidget()
        body.setObjectName("preferencesBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for preference in PREFERENCES:
            if preference.group not in self._headings:
                heading = QLabel(said(preference.group).upper(), body)
                heading.setProperty("role", "heading")
                self._headings[preference.group] = heading
                column.addSpacing(GRID if len(self._headings) > 1 else 0)
                column.addWidget(heading)
            row = _Row(preference, partial(self._change, preference.name), body)
            self._rows[preference.name] = row
            column.addWidget(row)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("preferencesScroll")
        scroll.setAccessibleName(self.tr("Preferences"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def _change(self, name: str, value: object) -> None:
        self._preferences.change(**{name: value})

    def _give_all_back(self) -> None:
        first = Settings()
        self._preferences.change(**{name: getattr(first, name) for name in self._rows})

    def _show_found(self, query: str) -> None:
        found = {
            p.name for p in PREFERENCES
            if best_fit(query, (said(p.text), said(p.tip), *(said(text) for _, text in p.choices))) is not None
        }  # fmt: skip
        groups = {p.group for p in PREFERENCES if p.name in found}
        for name, row in self._rows.items():
            row.setVisible(name in found)
        for group, heading in self._headings.items():
            heading.setVisible(group in groups)
        self._none.setVisible(not found)


class _Row(QFrame):
    """Name, what it does and its default on the left; the control, and the way back to the default, on the right."""

    def __init__(self, preference: Preference, change: Callable[[object], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.is_changed = False
        self._preference = preference
        self._default = getattr(Settings(), preference.name)
        self._value = QLabel(self)
        self._value.setProperty("role", "dim")
        self._change = change
        self.setObjectName(f"{preference.name}Row")
        self.setProperty("role", "card")
        name, tip = QLabel(said(preference.text), self), QLabel(said(preference.tip), self)
        default = QLabel(self.tr("Default: {value}").format(value=preference.spoken(self._default)), self)
        default.setObjectName(f"{preference.name}Default")
        for label in (tip, default):
            label.setProperty("role", "dim")
            label.setWordWrap(True)
        self._control = self._made_control()
        self._control.setObjectName(preference.name)
        self._control.setAccessibleName(said(preference.text))
        self._control.setToolTip(said(preference.tip))
        self._reset = QPushButton(self.tr("Reset"), self)
        self._reset.setObjectName(f"{preference.name}Reset")
        self._reset.setProperty("role", "quiet")
        self._reset.setAccessibleName(self.tr("Reset: {name}").format(name=said(preference.text)))
        self._reset.setToolTip(self.tr("Back to {value}").format(value=preference.spoken(self._default)))
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(lambda: change(self._default))
        right = QHBoxLayout()
        right.setSpacing(GRID)
        right.addStretch(1)
        for widget in (self._value, self._control, self._reset):
            right.addWidget(widget)
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID + 4, GRID, GRID, GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, label in enumerate((name, tip, default)):
            grid.addWidget(label, place, 0)
        grid.addLayout(right, 0, 1, 3, 1)

    def show_value(self, value: object) -> None:
        """Afterwards the control shows ``value``; nobody is told."""
        self.is_changed = value != self._default
        self._reset.setEnabled(self.is_changed)
        control = self._control
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QSlider):
            self._value.setText(self._preference.spoken(value))
            if not control.isSliderDown() and isinstance(value, float):
                control.setValue(round(value * _STEPS))
        elif isinstance(control, QDoubleSpinBox) and isinstance(value, float) and not control.hasFocus():
            control.setValue(value)

    def _made_control(self) -> QWidget:
        preference, change = self._preference, self._change
        match preference.kind:
            case "choice":
                combo = QComboBox(self)
                for value, text in preference.choices:
                    combo.addItem(said(text), value)
                combo.activated.connect(lambda place: change(combo.itemData(place)))
                combo.setMinimumWidth(18 * GRID)
                combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                return combo
            case "switch":
                box = QCheckBox(self)
                box.clicked.connect(lambda is_on: change(is_on))
                return box
            case "share":
                slider = QSlider(Qt.Orientation.Horizontal, self)
                slider.setRange(0, _STEPS)
                slider.setFixedWidth(18 * GRID)
                slider.sliderMoved.connect(lambda step: change(step / _STEPS))
                slider.actionTriggered.connect(lambda _: change(slider.sliderPosition() / _STEPS))
                return slider
            case "length":
                spin = QDoubleSpinBox(self)
                spin.setRange(*preference.limits)
                spin.setDecimals(2)
                spin.setSingleStep(0.5)
                spin.setSuffix(" mm")
                spin.setMinimumWidth(18 * GRID)
                spin.setKeyboardTracking(False)
                spin.valueChanged.connect(lambda value: change(value) if spin.hasFocus() else None)
                return spin
