"""The guide beside the work: its pages on the left, searched as one types, the page on the right."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFontMetricsF,
    QImageReader,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from unet_studio.gui.guide import Page, read_guide, search_guide, slug
from unet_studio.gui.standard_buttons import standard_buttons
from unet_studio.gui.theme import GRID

_PAGE, _HEADING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class GuideDialog(QDialog):
    """Stays open beside the work. ``folder`` holds the pages as Markdown, with their pictures."""

    def __init__(self, parent: QWidget, folder: Path, language: str = "en") -> None:
        super().__init__(parent)
        self._folder = folder
        self._pages = read_guide(folder, language)
        self._been: list[tuple[str, str]] = []  # (page, heading) before this one
        self._at: tuple[str, str] = ("", "")
        self.setObjectName("guideDialog")
        self.setWindowTitle(self.tr("Guide"))
        self.setAccessibleName(self.tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(118 * GRID, 84 * GRID)
        self._search = QLineEdit(self)
        self._search.setObjectName("guideSearch")
        self._search.setAccessibleName(self.tr("Search the guide"))
        self._search.setPlaceholderText(self.tr("Search the guide"))
        self._search.setToolTip(self.tr("Words of what you look for (Ctrl+F)"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._list)
        self._search.returnPressed.connect(self._open_first)
        self._places = QListWidget(self)
        self._places.setObjectName("guidePages")
        self._places.setAccessibleName(self.tr("Pages of the guide"))
        self._places.setToolTip(self.tr("Click a page to read it"))
        self._places.setWordWrap(True)
        self._places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._places.currentItemChanged.connect(lambda item, _: self._open_item(item))
        self._none = QLabel(self.tr("Nothing in the guide has all of these words."), self)
        self._none.setObjectName("guideNone")
        self._none.setProperty("role", "dim")
        self._none.setWordWrap(True)
        self._text = _browser(self)
        self._text.anchorClicked.connect(self._follow)
        self._text.viewport().installEventFilter(self)
        self._back = QPushButton(self.tr("Back"), self)
        self._back.setObjectName("guideBack")
        self._back.setAccessibleName(self.tr("Back"))
        self._back.setToolTip(self.tr("The page before (Alt+Left)"))
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self._go_back)
        QShortcut(QKeySequence("Alt+Left"), self, self._go_back)
        QShortcut(QKeySequence("Ctrl+F"), self, self._search.setFocus)
        self._lay_out()
        self._list("")
        self._search.setFocus()

    def open_page(self, name: str, heading: str = "") -> None:
        """Afterwards that page is read, from that heading on."""
        page = next((p for p in self._pages if p.name == name), None)
        if page is None or (name, heading) == self._at:
            return
        if self._at[0]:
            self._been.append(self._at)
        self._show(page, heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:  # of the page's viewport
            self._fit_pictures()
        return super().eventFilter(watched, event)

    # ---- inside

    def _lay_out(self) -> None:
        buttons = standard_buttons(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(
            False
        )  # Enter in the search closes nothing
        buttons.addButton(self._back, QDialogButtonBox.ButtonRole.ResetRole)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        for widget in (self._search, self._places, self._none):
            widget.setFixedWidth(32 * GRID)
            left.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(2 * GRID)
        middle.addLayout(left)
        middle.addWidget(self._text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)

    def _list(self, query: str) -> None:
        self._places.blockSignals(True)  # noqa: FBT003 - nothing is opened by typing
        self._places.clear()
        hits = search_guide(self._pages, query)
        entries = [(p.title, "", p) for p in self._pages]
        if query.strip():
            entries = [(h.heading if h.heading != h.page.title else h.page.title, h.line, h.page) for h in hits]
        for heading, line, page in entries:
            item = QListWidgetItem(self._places)
            about = f"{page.title} › {heading}" if query.strip() and heading != page.title else heading
            item.setText(f"{about}\n{_short(line)}" if line and line != heading else about)
            item.setData(_PAGE, page.name)
            item.setData(_HEADING, "" if heading == page.title else slug(heading))
            item.setToolTip(line or heading)
        self._none.setVisible(not entries)
        self._places.setVisible(bool(entries))
        self._places.blockSignals(False)  # noqa: FBT003
        if not self._at[0]:
            self.open_page(self._pages[0].name)
        self._mark(self._at[0])

    def _open_first(self) -> None:
        self._places.setCurrentRow(0)

    def _open_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open_page(item.data(_PAGE), item.data(_HEADING))

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            self.open_page(url.path().rsplit("/", 1)[-1] or self._at[0], url.fragment())
            self._mark(self._at[0])

    def _go_back(self) -> None:
        if self._been:
            name, heading = self._been.pop()
            self._show(next(p for p in self._pages if p.name == name), heading)
            self._mark(name)

    def _mark(self, name: str) -> None:
        """Afterwards the page is marked in the list, if it is listed, without being opened."""
        if not self._search.text().strip():
            self._places.blockSignals(True)  # noqa: FBT003
            self._places.setCurrentRow(next(n for n, p in enumerate(self._pages) if p.name == name))
            self._places.blockSignals(False)  # noqa: FBT003

    def _show(self, page: Page, heading: str) -> None:
        self._at = page.name, heading
        self._text.setMarkdown(page.text)
        for frame in self._text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _calm(frame)
        _space(self._text)
        self._fit_pictures()
        self._back.setEnabled(bool(self._been))
        block = self._text.document().begin()
        while (
            block.isValid() and heading and not (block.blockFormat().headingLevel() and slug(block.text()) == heading)
        ):
            block = block.next()
        self._text.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to the top
        self._text.setTextCursor(QTextCursor(block if heading and block.isValid() else self._text.document().begin()))
        if not heading:
            self._text.verticalScrollBar().setValue(0)

    def _fit_pictures(self) -> None:
        """Afterwards no picture is wider than the page, the scroll bar that it may bring along included."""
        room = self._text.contentsRect().width() - self._text.verticalScrollBar().sizeHint().width() - 5 * GRID
        block = self._text.document().begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                piece = at.fragment()
                if piece.charFormat().isImageFormat():
                    look = piece.charFormat().toImageFormat()
                    own = QImageReader(str(self._folder / look.name())).size().width()
                    look.setWidth(min(own, max(8 * GRID, room)))
                    cursor = QTextCursor(self._text.document())
                    cursor.setPosition(piece.position())
                    cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(look)
                at += 1
            block = block.next()


def _browser(parent: GuideDialog) -> QTextBrowser:
    text = QTextBrowser(parent)
    text.setObjectName("guideText")
    text.setAccessibleName(QCoreApplication.translate("GuideDialog", "Page"))
    text.setToolTip(QCoreApplication.translate("GuideDialog", "Alt+Left goes back"))
    text.setOpenLinks(False)
    text.setSearchPaths([str(parent._folder)])
    text.document().setDocumentMargin(2 * GRID)
    return text


def _space(text: QTextBrowser) -> None:
    """Afterwards lines and headings have the air in which they are read easily."""
    block = text.document().begin()
    while block.isValid():
        look = block.blockFormat()
        level = look.headingLevel()
        if level:
            look.setTopMargin((3 if level > 1 else 0) * GRID)
            look.setBottomMargin(GRID)
        elif not block.textList() and QTextCursor(block).currentTable() is None:
            look.setBottomMargin(GRID)
        line = QFontMetricsF(text.font()).height()
        look.setLineHeight(0.2 * line, 4)  # QTextBlockFormat.LineDistanceHeight: so much between lines
        QTextCursor(block).setBlockFormat(look)
        block = block.next()


def _calm(table: QTextTable) -> None:
    """Afterwards the table has no lines, and some air."""
    look = table.format()
    look.setBorder(0)
    look.setCellPadding(GRID / 2)
    look.setCellSpacing(0)
    table.setFormat(look)


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:59]}…"
