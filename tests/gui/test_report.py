"""The report of a case, saved from the window."""

from PySide6.QtWidgets import QFileDialog

from unet_studio.gui.printing import pdf_of
from unet_studio.gui.studio import Studio


def saved_as(studio: Studio, qtbot, monkeypatch, path, kind="") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))
    studio.window.actions_by_id["case_report"].trigger()


def test_a_report_is_saved_as_a_pdf(studio: Studio, qtbot, monkeypatch, tmp_path) -> None:
    saved_as(studio, qtbot, monkeypatch, tmp_path / "ball.pdf")
    qtbot.waitUntil(lambda: "ball.pdf" in studio.window.notices.text)
    content = (tmp_path / "ball.pdf").read_bytes()
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def test_a_report_without_an_ending_is_what_was_chosen(studio: Studio, qtbot, monkeypatch, tmp_path) -> None:
    saved_as(studio, qtbot, monkeypatch, tmp_path / "ball", "Web page (*.html)")
    qtbot.waitUntil(lambda: "ball.html" in studio.window.notices.text)
    assert "0 of 12 slices reviewed" in (tmp_path / "ball.html").read_text(encoding="utf-8")


def test_a_folder_that_is_gone_is_told_of(studio: Studio, qtbot, monkeypatch, tmp_path) -> None:
    saved_as(studio, qtbot, monkeypatch, tmp_path / "gone" / "ball.pdf")
    qtbot.waitUntil(lambda: "folder does not exist" in studio.window.notices.text)


def test_pictures_in_a_page_are_in_the_pdf(qapp) -> None:
    import base64

    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QColor, QImage

    content = QByteArray()
    buffer = QBuffer(content)
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor(200, 30, 30))
    picture.save(buffer, "PNG")
    place = f"data:image/png;base64,{base64.b64encode(content.data()).decode()}"
    with_picture = pdf_of(f'<p>x</p><img width="64" src="{place}">', title="x")
    assert b"/Subtype /Image" in with_picture
    assert b"/Subtype /Image" not in pdf_of("<p>x</p>", title="x")
