"""The look: colours, distances and the style sheet made from them."""

from dataclasses import asdict, dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from unet_studio.resources import resource

GRID = 8  # px; every distance is a multiple of it, or half of it


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``. Text on ``window`` and ``panel`` has a contrast of at least 4.5 (WCAG AA)."""

    name: str
    window: str
    panel: str
    card: str
    raised: str
    hover: str
    selected: str
    border: str
    text: str
    dim: str
    accent: str
    on_accent: str
    good: str
    busy: str
    warn: str
    bad: str


DARK = Theme(
    name="dark", window="#171a20", panel="#1a1e25", card="#13161b", raised="#252b35", hover="#2d3441", selected="#252c38",
    border="#2a303a", text="#e7eaef", dim="#98a1b0", accent="#3d8bff", on_accent="#ffffff",
    good="#46c98b", busy="#3d8bff", warn="#e5b441", bad="#ff6f6f",
)  # fmt: skip
LIGHT = Theme(
    name="light", window="#f3f4f7", panel="#fafbfc", card="#ffffff", raised="#e8ebf0", hover="#dde2ea", selected="#dfe8f7",
    border="#d3d8e0", text="#1c222c", dim="#596273", accent="#1f6fe0", on_accent="#ffffff",
    good="#13794a", busy="#1f6fe0", warn="#8a6100", bad="#c22f2f",
)  # fmt: skip
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def theme_of(wish: str) -> Theme:
    """The theme for a wish of the settings; dark where the system is asked and tells nothing."""
    if wish == "system":
        is_light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
        return LIGHT if is_light else DARK
    return THEMES.get(wish, DARK)


def as_worn(colour: str) -> str:
    """A colour of any theme as the theme now worn has it; itself where it is none of a theme."""
    application = QGuiApplication.instance()
    worn = THEMES.get(str(application.property("theme"))) if application is not None else None
    if worn is None:
        return colour
    of_any = (name for theme in THEMES.values() for name, value in asdict(theme).items() if value == colour)
    name = next(of_any, None)
    return str(getattr(worn, name)) if name is not None else colour


def dress(app: QApplication, theme: Theme) -> None:
    """Afterwards the whole program looks like ``theme``, whatever the platform's own style is."""
    app.setProperty("theme", theme.name)
    app.setStyle("Fusion")
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.card, role.AlternateBase: theme.panel,
        role.Text: theme.text, role.Button: theme.raised, role.ButtonText: theme.text, role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text, role.Highlight: theme.accent, role.HighlightedText: theme.on_accent,
        role.PlaceholderText: theme.dim, role.Link: theme.accent, role.Mid: theme.border, role.Dark: theme.border,
        role.Light: theme.hover, role.BrightText: theme.bad, role.Accent: theme.accent,
    }.items():  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.dim))
    app.setPalette(palette)
    font = app.font()
    font.setPointSizeF(10.0)
    app.setFont(font)
    app.setStyleSheet(style_sheet(theme))


def mark(widget: QWidget, role: str) -> None:
    """Afterwards ``widget`` looks as the style sheet has it for ``role``, also if it had been drawn before."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def style_sheet(theme: Theme) -> str:
    """The style sheet of the whole program."""
    t = theme
    return f"""
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: 4px 8px; }}
    QMenuBar {{ background: {t.window}; color: {t.dim}; padding: 2px 8px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {t.hover}; color: {t.text}; }}
    QMenu {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
    QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.hover}; }}
    QMenu::item:disabled {{ color: {t.dim}; }}
    QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 8px; }}
    QWidget#topBar, QWidget#frameBar, QStatusBar {{ background: {t.window}; }}
    QWidget#topBar {{ border-bottom: 1px solid {t.border}; }}
    QStatusBar {{ border-top: 1px solid {t.border}; color: {t.dim}; }}
    QStatusBar::item {{ border: none; }}
    QWidget#sidePanel, QScrollArea#sideScroll, QWidget#sideBody {{ background: {t.panel}; border: none; }}
    QWidget#toolGroup {{ background: {t.card}; border-radius: 8px; }}
    QLabel[role="heading"] {{ color: {t.dim}; font-size: 8pt; font-weight: 700; letter-spacing: 1px; }}
    QLabel[role="dim"] {{ color: {t.dim}; }}
    QLabel[role="good"] {{ color: {t.good}; }}
    QLabel[role="bad"] {{ color: {t.bad}; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: 11pt; font-weight: 700; }}
    QFrame[role="card"] {{ background: {t.card}; border-radius: 8px; }}
    QToolButton {{ background: transparent; border: none; border-radius: 6px; padding: 6px; color: {t.text}; }}
    QToolButton:hover {{ background: {t.hover}; }}
    QToolButton:checked {{ background: {t.raised}; }}
    QToolButton:disabled {{ color: {t.dim}; }}
    QToolButton:focus, QPushButton:focus, QComboBox:focus, QLineEdit:focus {{ outline: none; border: 1px solid {t.accent}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QPushButton {{ background: {t.raised}; color: {t.text}; border: 1px solid transparent; border-radius: 8px;
                   padding: 6px 16px; min-height: 20px; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:disabled {{ color: {t.dim}; background: {t.panel}; border-color: {t.border}; }}
    QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; font-weight: 600; }}
    QPushButton[role="primary"]:hover {{ background: {_mix(t.accent, t.text, 0.15)}; }}
    QPushButton[role="primary"]:disabled {{ background: {t.raised}; color: {t.dim}; }}
    QPushButton[role="segment"] {{ background: transparent; border-radius: 6px; padding: 4px 8px; color: {t.dim}; }}
    QPushButton[role="segment"]:checked {{ background: {t.raised}; color: {t.text}; }}
    QPushButton[role="quiet"] {{ background: transparent; color: {t.dim}; padding: 4px 8px; text-align: left; }}
    QPushButton#allCheckpoints {{ padding-left: 0; }}
    QPushButton[role="quiet"]:hover {{ color: {t.text}; background: {t.hover}; }}
    QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox {{ background: {t.card}; color: {t.text}; border: 1px solid {t.border};
        border-radius: 6px; padding: 4px 8px; min-height: 20px; selection-background-color: {t.accent}; }}
    QAbstractSpinBox[role="plain"]::up-button, QAbstractSpinBox[role="plain"]::down-button {{ width: 0; border: none; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{resource("icons", f"chevron-{t.name}.svg").as_posix()}"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {t.panel}; border: 1px solid {t.border}; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QListView, QTreeView, QTableView {{ background: {t.card}; border: 1px solid {t.border}; border-radius: 6px; outline: none; }}
    QFrame#paletteFrame {{ background: {t.panel}; border: 1px solid {t.border}; border-radius: 8px; }}
    QListWidget#paletteList {{ background: transparent; border: none; }}
    QWidget#emptyState {{ background: {t.card}; }}
    QLabel#emptyTitle {{ font-size: 16pt; }}
    QLabel#emptyText {{ color: {t.dim}; }}
    QFrame#tour {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 8px; }}
    QFrame#tour QPushButton {{ background: {t.hover}; }}
    QFrame#tour QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; }}
    QListWidget#guidePages {{ background: {t.panel}; }}
    QListWidget#guidePages::item {{ padding: 6px 8px; border-radius: 6px; color: {t.text}; }}
    QListWidget#guidePages::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QTextBrowser#guideText {{ background: {t.card}; border: 1px solid {t.border}; border-radius: 6px; }}
    QWidget#preferencesBody {{ background: {t.window}; }}
    QTreeView::item {{ padding: 4px 8px; color: {t.text}; }}
    QTreeView::item:selected {{ background: {t.selected}; }}
    QListView#caseList, QListView#historyList {{ background: transparent; border: none; }}
    QTabWidget::pane {{ border: none; }}
    QTabWidget#side, QTabBar#sideTabs {{ background: {t.panel}; border: none; }}
    QTabBar#sideTabs::tab {{ padding: 8px 4px; }}
    QTabBar::tab {{ background: transparent; color: {t.dim}; padding: 6px 16px; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
    QListView#seriesList::item {{ padding: 4px; border-radius: 6px; color: {t.text}; }}
    QListView#seriesList::item:selected {{ background: {t.selected}; }}
    QHeaderView::section {{ background: {t.panel}; color: {t.dim}; border: none; border-bottom: 1px solid {t.border};
        padding: 4px 8px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.raised}; }}
    QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ background: {t.text}; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {t.accent}; }}
    QProgressBar {{ background: {t.raised}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {t.border}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.raised}; border-radius: 5px; min-height: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {t.raised}; border-radius: 5px; min-width: 24px; }}
    QFrame#notice, QFrame#growingBar {{ background: {t.raised}; border: 1px solid {t.border}; border-left: 3px solid {t.accent};
        border-radius: 8px; }}
    QFrame#bubble {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 8px; }}
    QFrame#bubble QPushButton {{ background: {t.accent}; color: {t.on_accent}; padding: 4px 12px; border-radius: 6px; }}
    QFrame#notice[role="bad"] {{ border-left: 3px solid {t.bad}; }}
    QCheckBox, QRadioButton {{ spacing: 8px; }}
    QListView::indicator, QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {t.dim}; border-radius: 4px;
        background: {t.card}; }}
    QListView::indicator:checked, QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url("{resource("icons", "check.svg").as_posix()}"); }}
    QListView::indicator:disabled, QCheckBox::indicator:disabled {{ border-color: {t.border}; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.dim}; border-radius: 8px; background: {t.card}; }}
    QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 4px solid {t.accent}; background: {t.on_accent}; }}
    QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    """


def _mix(colour: str, other: str, share: float) -> str:
    a, b = QColor(colour), QColor(other)
    mixed = [round(x + (y - x) * share) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)]  # type: ignore[index]
    return "#{:02x}{:02x}{:02x}".format(*mixed)
