"""The list of keys, made from the commands: to read, to search, and to change."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.actions import COMMANDS, translated
from unet_studio.gui.dialogs.key_field import KeyField
from unet_studio.gui.fuzzy import best_fit
from unet_studio.gui.key_presets import PRESETS
from unet_studio.gui.keymap import keymap_of, native, own_keys, portable, with_keys, without_keys
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID, mark
from unet_studio.workbench.preferences import Preferences

_ID = Qt.ItemDataRole.UserRole
RESERVED = ("Space", "Esc", "Tab", "Shift+Tab", "Backtab")  # to move the picture, to cancel, to walk through the window
GESTURES = (
    (QT_TRANSLATE_NOOP("Commands", "Next and previous slice"), QT_TRANSLATE_NOOP("Commands", "Wheel")),
    (QT_TRANSLATE_NOOP("Commands", "Zoom at the pointer"), QT_TRANSLATE_NOOP("Commands", "Ctrl+wheel")),
    (QT_TRANSLATE_NOOP("Commands", "Brush size"), QT_TRANSLATE_NOOP("Commands", "Shift+wheel")),
    (QT_TRANSLATE_NOOP("Commands", "Draw"), QT_TRANSLATE_NOOP("Commands", "Left button")),
    (QT_TRANSLATE_NOOP("Commands", "Erase"), QT_TRANSLATE_NOOP("Commands", "Right button, or Ctrl and left")),
    (
        QT_TRANSLATE_NOOP("Commands", "Move the picture"),
        QT_TRANSLATE_NOOP("Commands", "Middle button, or Space and left"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "Peek below the labels"),
        QT_TRANSLATE_NOOP("Commands", "Hold the key of Show labels"),
    ),
)


class KeysDialog(QDialog):
    """Changes the settings at once; stays open beside the work."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setObjectName("keys")
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(84 * GRID, 82 * GRID)
        self._search = QLineEdit(self)
        self._search.setObjectName("keysSearch")
        self._search.setAccessibleName(self.tr("Search the keys"))
        self._search.setPlaceholderText(self.tr("Search: a command or a key"))
        self._search.setToolTip(self.tr("Letters of a command, or a key such as Ctrl+P"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show_found)
        self._preset = QComboBox(self)
        self._preset.setObjectName("keyPreset")
        self._preset.setAccessibleName(self.tr("Keys as in"))
        self._preset.setToolTip(self.tr("The keys of a program your hands know; your own changes stay"))
        for id_, (name, _) in PRESETS.items():
            self._preset.addItem(name, id_)
        self._preset.activated.connect(lambda _: preferences.change(key_preset=self._preset.currentData()))
        self._field = KeyField(self)
        self._tree = _tree(self)
        self._tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self._tree.itemActivated.connect(lambda *_: self._field.setFocus())
        self._field.caught.connect(self._show_caught)
        self._told = QLabel(self)
        self._told.setObjectName("keyConflict")
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(4 * GRID + 4)
        self._use = self._button(
            "useKey", self.tr("Use this key"), self.tr("The command gets this key alone"), self._take
        )
        self._add = self._button(
            "addKey", self.tr("Add"), self.tr("The command gets this key beside those it has"), self._take_too
        )
        self._clear = self._button(
            "noKey", self.tr("No key"), self.tr("The command is called from menus and the palette"), self._take_away
        )
        self._reset = self._button(
            "resetKey", self.tr("Reset"), self.tr("The command gets the preset's key again"), self._give_back
        )
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(
            False
        )  # Enter in the search closes nothing
        self._reset_all = self._button(
            "resetKeys",
            self.tr("Reset all"),
            self.tr("Every command gets the preset's keys again"),
            self._give_all_back,
        )
        buttons.addButton(self._reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        self._lay_out(buttons)
        preferences.changed.connect(self.show_keys)
        self.finished.connect(lambda _: preferences.changed.disconnect(self.show_keys))
        self.show_keys()
        self._search.setFocus()

    def show_keys(self) -> None:
        """Afterwards all commands are listed with the keys they have now."""
        settings = self._preferences.settings
        keymap, own = keymap_of(settings.key_preset, settings.own_keys), own_keys(settings.own_keys)
        chosen = self._chosen()
        self._preset.setCurrentIndex(self._preset.findData(settings.key_preset))
        self._tree.clear()
        for menu in dict.fromkeys(c.menu for c in COMMANDS):
            group = self._group(translated(menu))
            for command in (c for c in COMMANDS if c.menu == menu):
                keys = ", ".join(native(key) for key in keymap.keys[command.id])
                row = QTreeWidgetItem(group, [translated(command.text).rstrip("…"), keys])
                row.setData(0, _ID, command.id)
                row.setToolTip(0, translated(command.tip) or translated(command.text))
                if command.id in own:
                    font = row.font(1)
                    font.setBold(True)
                    row.setFont(1, font)
                    row.setToolTip(1, self.tr("Your own key"))
                if command.id == chosen:
                    self._tree.setCurrentItem(row)
        group = self._group(self.tr("Labels and mouse"))
        digits = f"{native(keymap.digits[1])} … {native(keymap.digits[9])}"
        QTreeWidgetItem(group, [self.tr("Choose a label"), digits])
        for does, what in GESTURES:
            QTreeWidgetItem(group, [translated(str(does)), translated(str(what))])
        self._tree.expandAll()
        self._reset_all.setEnabled(bool(own))
        self._show_found(self._search.text())
        self._show_chosen()

    # ---- inside

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        label = QLabel(self.tr("Keys as in"), self)
        label.setBuddy(self._preset)
        for widget, stretch in ((self._search, 1), (label, 0), (self._preset, 0)):
            top.addWidget(widget, stretch)
        for button in (self._field, self._use, self._add, self._clear, self._reset):
            below.addWidget(button, int(button is self._field))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addWidget(self._tree, 1)
        layout.addWidget(self._told)
        layout.addLayout(below)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)

    def _group(self, name: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self._tree, [name])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        return group

    def _button(self, name: str, text: str, tip: str, verb: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(verb)
        return button

    def _chosen(self) -> str | None:
        item = self._tree.currentItem()
        return item.data(0, _ID) if item is not None else None

    def _show_found(self, query: str) -> None:
        for place in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(place)
            assert group is not None
            rows = [row for n in range(group.childCount()) if (row := group.child(n)) is not None]
            for row in rows:
                has_key = any(query.casefold() == key.casefold() for key in row.text(1).split(", "))
                fits = has_key or best_fit(query, (row.text(0), row.text(1))) is not None
                row.setHidden(bool(query.strip()) and not fits)
            group.setHidden(all(row.isHidden() for row in rows))

    def _show_chosen(self) -> None:
        id_ = self._chosen()
        name = _name(id_) if id_ else ""
        self._field.show_command(name)
        has_own = id_ is not None and id_ in own_keys(self._preferences.settings.own_keys)
        keys = self._now()
        self._clear.setEnabled(bool(keys))
        self._reset.setEnabled(has_own)
        self._show_caught("")

    def _now(self) -> tuple[str, ...]:
        settings, id_ = self._preferences.settings, self._chosen()
        return keymap_of(settings.key_preset, settings.own_keys).keys[id_] if id_ else ()

    def _show_caught(self, key: str) -> None:
        """Says whose key it is, before it is taken."""
        settings, id_ = self._preferences.settings, self._chosen()
        keymap = keymap_of(settings.key_preset, settings.own_keys)
        other = keymap.command_of(key) if key else None
        is_reserved = key in RESERVED
        text = ""
        if is_reserved:
            text = self.tr("{key} is kept for the slice and the window and can't be a command's.").format(
                key=native(key)
            )
        elif key and other == id_:
            text = self.tr("It is this command's key already.")
        elif key and other is not None:
            after = keymap_of(settings.key_preset, with_keys(settings.own_keys, id_ or "", (key,))).keys[other]
            left = ", ".join(map(native, after)) or self.tr("no key")
            text = self.tr("{key} is the key of “{command}”, which would be left with {left}.").format(
                key=native(key), command=_name(other), left=left
            )
        elif key in keymap.digits:
            text = self.tr("{key} chooses a label, which would then be Alt+{key}.").format(key=native(key))
        elif key:
            text = self.tr("{key} is free.").format(key=native(key))
        elif id_ is None:
            text = self.tr("Choose a command above to change its key.")
        self._told.setText(text)
        mark(self._told, "bad" if is_reserved or (other is not None and other != id_) else "dim")
        for button in (self._use, self._add):
            button.setEnabled(bool(key) and not is_reserved and id_ is not None and other != id_)

    def _take(self) -> None:
        self._set((self._field.key,))

    def _take_too(self) -> None:
        self._set((*self._now(), self._field.key))

    def _take_away(self) -> None:
        self._set(())

    def _set(self, keys: tuple[str, ...]) -> None:
        if (id_ := self._chosen()) is not None:
            wish = tuple(dict.fromkeys(map(portable, keys)))
            self._preferences.change(own_keys=with_keys(self._preferences.settings.own_keys, id_, wish))

    def _give_back(self) -> None:
        if (id_ := self._chosen()) is not None:
            self._preferences.change(own_keys=without_keys(self._preferences.settings.own_keys, id_))

    def _give_all_back(self) -> None:
        self._preferences.change(own_keys=())


def _tree(parent: KeysDialog) -> QTreeWidget:
    tree = QTreeWidget(parent)
    tree.setObjectName("keysTree")
    tree.setAccessibleName(QCoreApplication.translate("KeysDialog", "Commands and their keys"))
    tree.setToolTip(QCoreApplication.translate("KeysDialog", "Choose a command, then press its new key below"))
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setIndentation(2 * GRID)
    tree.setUniformRowHeights(True)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _name(id_: str) -> str:
    return translated(next(c.text for c in COMMANDS if c.id == id_)).rstrip("…")
