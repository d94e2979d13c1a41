"""The guide, the tour, and what is said where nothing is open yet."""

import re

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QTextBrowser

from tests.gui.conftest import saved
from unet_studio.gui.actions import COMMANDS
from unet_studio.gui.dialogs.guide import GuideDialog
from unet_studio.gui.guide import read_guide, search_guide, slug
from unet_studio.gui.language import LANGUAGES
from unet_studio.gui.studio import Studio
from unet_studio.gui.tour import Tour
from unet_studio.resources import resource

PAGES = read_guide(resource("guide"))


@pytest.fixture
def guide(app: Studio) -> GuideDialog:
    app.window.actions_by_id["guide"].trigger()
    return app.window.findChild(GuideDialog)


def read(guide: GuideDialog) -> str:
    return guide.findChild(QTextBrowser).toPlainText()


def test_the_first_page_says_what_to_do_first_and_leads_to_all_others(guide: GuideDialog) -> None:
    assert PAGES[0].name == "guide.md"
    assert "Open scans" in read(guide) and "Retrain" in read(guide) and "#" not in read(guide)
    listed = guide.findChild(QListWidget)
    assert [listed.item(n).text() for n in range(listed.count())] == [p.title for p in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_page_has_a_title_and_pictures_that_are_there(page) -> None:
    assert page.title and page.text.startswith(f"# {page.title}")
    assert all(resource("guide", name).is_file() for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.text))


def test_keys_that_the_guide_tells_are_the_commands_own() -> None:
    keys = {c.id: c.keys for c in COMMANDS}
    text = "\n".join(p.text for p in PAGES)
    for id_ in (
        "predict",
        "retrain",
        "checkpoints",
        "commands",
        "preferences",
        "import_labels",
        "export",
        "scan_facts",
        "open_scans",
    ):
        assert keys[id_][0] in text, id_


def test_words_find_the_section_they_stand_in() -> None:
    hits = search_guide(PAGES, "lock label")
    assert hits and hits[0].page.name == "drawing.md" and "lock" in hits[0].line.casefold()
    assert search_guide(PAGES, "held-out dice")[0].page.name == "training.md"
    assert search_guide(PAGES, "") == [] and search_guide(PAGES, "xylophone") == []


def test_typing_lists_sections_and_enter_opens_the_first(guide: GuideDialog) -> None:
    before = read(guide)
    search = guide.findChild(QLineEdit)
    QTest.keyClicks(search, "undo")
    assert read(guide) == before
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert "Undo" in read(guide) and read(guide) != before
    QTest.mouseClick(guide.findChild(QPushButton, "guideBack"), Qt.MouseButton.LeftButton)
    assert read(guide) == before
    search.setText("xylophone")
    assert guide.findChild(QLabel, "guideNone").isVisible()


def test_a_link_leads_to_its_page_and_heading(guide: GuideDialog) -> None:
    guide.findChild(QTextBrowser).anchorClicked.emit(QUrl("reviewing.md#slice-states"))
    assert read(guide).startswith("Predicting and reviewing")
    assert guide.findChild(QTextBrowser).textCursor().block().text() == "Slice states"
    assert slug("What is in a scan") == "what-is-in-a-scan"


def test_a_picture_is_no_wider_than_its_page(guide: GuideDialog, qtbot) -> None:
    page = guide.findChild(QTextBrowser)
    for width in (760, 1100, 820):
        guide.resize(width, 600)
        qtbot.waitUntil(lambda: page.document().idealWidth() <= page.viewport().width())
        assert page.horizontalScrollBar().maximum() == 0
    widths = [f.width() for f in page.document().allFormats() if f.isImageFormat() for f in [f.toImageFormat()]]
    assert max(widths) > 300


@pytest.mark.parametrize("width", [900, 944, 1200])
def test_no_page_is_scrolled_sideways(guide: GuideDialog, qtbot, width) -> None:
    guide.resize(width, 672)
    bar = guide.findChild(QTextBrowser).horizontalScrollBar()
    for page in PAGES:
        guide.open_page(page.name)
        qtbot.waitUntil(lambda: bar.maximum() == 0)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_guide_in_another_language_has_the_same_pages_in_the_same_order(language: str) -> None:
    other = read_guide(resource("guide"), language)
    translated = {path.name for path in resource("guide", language).glob("*.md")}
    assert [p.name for p in other] == [p.name for p in PAGES]
    assert {"guide.md", "drawing.md", "reviewing.md"} <= translated <= {p.name for p in PAGES}
    for ours, theirs in zip(PAGES, other, strict=True):
        assert (theirs.text != ours.text) == (ours.name in translated)
        links = re.findall(r"\]\(([^)#]+)\)", theirs.text)
        assert all(resource("guide", link).is_file() for link in links if "://" not in link)


# ---- the tour


def test_a_first_start_opens_the_sample_and_offers_the_tour_once(app: Studio, qtbot) -> None:
    app.open([])
    qtbot.waitUntil(lambda: app.workbench.annotation is not None, timeout=20000)
    tour = app.window.findChild(Tour)
    assert tour.isVisible() and "sample" in tour.findChild(QLabel, "tourText").text()
    QTest.keyClick(app.window.canvas, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    app.hands.welcome()
    assert not [t for t in app.window.findChildren(Tour) if t.isVisible()]
    saved(app, qtbot)


def test_enter_on_the_offer_begins_the_tour_and_reviews_nothing(studio: Studio, qtbot) -> None:
    annotation = studio.workbench.annotation
    assert annotation is not None
    for name in ("tourNext", "canvas"):
        studio.preferences.change(has_been_welcomed=False)
        studio.hands.welcome()
        tour = next(t for t in studio.window.findChildren(Tour) if t.isVisible())
        assert tour.findChildren(QPushButton)[0].objectName() == "tourNext"  # the first that the focus comes to
        here = tour.findChild(QPushButton, name) or studio.window.canvas
        here.setFocus()
        QTest.keyClick(here, Qt.Key.Key_Return)
        assert tour._place == 1 and not annotation.states
        QTest.keyClick(studio.window.canvas, Qt.Key.Key_Escape)
    studio.preferences.change(has_been_welcomed=False)
    studio.hands.welcome()
    tour = next(t for t in studio.window.findChildren(Tour) if t.isVisible())
    leave = tour.findChild(QPushButton, "tourLeave")
    leave.setFocus()
    QTest.keyClick(leave, Qt.Key.Key_Return)
    assert not tour.isVisible() and not annotation.states


def test_the_tour_has_five_steps_inside_the_window_beside_what_they_are_about(studio: Studio) -> None:
    studio.window.actions_by_id["tour"].trigger()
    tour = studio.window.findChild(Tour)
    titles = []
    while tour.isVisible():
        titles.append(tour.findChild(QLabel, "tourTitle").text())
        assert studio.window.rect().contains(tour.geometry())
        target = tour._steps[tour._place].target
        box = QRect(target.mapTo(studio.window, QPoint()), target.size())
        assert target is studio.window.views or not box.intersects(tour.geometry())
        QTest.mouseClick(tour.findChild(QPushButton, "tourNext"), Qt.MouseButton.LeftButton)
    assert len(titles) == len(set(titles)) == 5


def test_one_can_draw_while_the_tour_goes_on(studio: Studio, qtbot) -> None:
    from tests.gui.test_loop import drag

    studio.window.actions_by_id["tour"].trigger()
    drag(studio.window.canvas, (20, 20), (20, 30))
    assert studio.workbench.annotation.counts[1] > 0
    saved(studio, qtbot)


# ---- nothing open


def test_an_empty_window_says_what_to_do_and_has_a_button_for_it(app: Studio, scan, qtbot) -> None:
    empty = app.window.empty
    assert empty.isVisible() and empty.findChild(QLabel, "emptyTitle").text() == "Drop scans here"
    assert {b.objectName() for b in empty.findChildren(QPushButton)} >= {"open_scansEmpty", "open_sampleEmpty"}
    app.workbench.new_project(scan.parent / "p.unetstudio", "p")
    qtbot.waitUntil(lambda: app.workbench.project is not None)
    assert empty.isVisible() and "no scans yet" in empty.findChild(QLabel, "emptyTitle").text()
    app.workbench.find_sources([scan])
    qtbot.waitUntil(lambda: app.workbench.annotation is not None)
    assert not empty.isVisible()
    app.workbench.close_case()
    assert empty.isVisible() and "No case" in empty.findChild(QLabel, "emptyTitle").text()
    saved(app, qtbot)


def test_a_click_on_the_sample_opens_it(app: Studio, qtbot) -> None:
    QTest.mouseClick(app.window.empty.findChild(QPushButton, "open_sampleEmpty"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.workbench.annotation is not None, timeout=20000)
    assert not app.window.empty.isVisible()
    saved(app, qtbot)
