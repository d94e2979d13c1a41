"""A case on one page."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from tests.workbench.making import add_case, ball_of, card_of, new_store, write_scan
from unet_studio.files.case_report import page
from unet_studio.labels.label_map import LabelClass
from unet_studio.progress import finish
from unet_studio.segmentation.card import Scores
from unet_studio.workbench.case_report import clock, material_of, reporting
from unet_studio.workbench.sample import record_review

BALL = LabelClass(1, "Ball", (240, 106, 80))
NOW = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)


class Words(HTMLParser):
    """The words of a page, and the tags still open at its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data.strip())


def report_of(tmp_path, *, name="scan", classes=(BALL,), with_network=True):
    with new_store(tmp_path, classes=classes) as store:
        case, volume = add_case(store, write_scan(tmp_path / "scan.nii.gz"), name)
        for index in (1, 2, 4):
            record_review(store, case, index, ball_of(volume))
        if with_network:
            (tmp_path / "net").write_bytes(b"weights")
            card = card_of(
                scores=Scores({1: 0.913}, 12, 3), before=Scores({1: 0.9}, 12, 3), trained_on={"other": (1, 2)}
            )
            store.add_checkpoint(tmp_path / "net", card, activate=True)
        material = material_of(store, case)
    return finish(reporting(material, now=NOW)), volume


def test_the_page_tells_volumes_scores_and_who_reviewed(tmp_path) -> None:
    report, volume = report_of(tmp_path)
    words = Words(page(report))
    assert words.open == []
    voxels = int(ball_of(volume)[[1, 2, 4]].sum())
    text = " ".join(words.words)
    assert f"{voxels * volume.geometry.voxel_ml:.2f} ml" in text
    assert f"{voxels:,} 3" in text  # in three slices
    assert "0.913 0.900" in text
    assert "3 of 6 slices reviewed" in text
    assert "12 held-out slices of 3 cases, never trained on" in text
    assert text.count("data:image") == 0
    assert page(report).count("data:image/png;base64,") == len(report.pictures) == 3


def test_a_page_needs_no_other_file_and_escapes_names(tmp_path) -> None:
    report, _ = report_of(tmp_path, name="<b>R&D</b>", classes=(LabelClass(1, "<i>x</i>", (1, 2, 3)),))
    text = page(report)
    assert "<b>R&D" not in text
    assert "&lt;b&gt;R&amp;D" in text
    assert "&lt;i&gt;x" in text
    assert not re.findall(r'(?:src|href)="(?!data:)', text)


def test_without_a_network_the_page_says_so(tmp_path) -> None:
    report, _ = report_of(tmp_path, with_network=False)
    assert report.network == "No network was trained in this project."
    assert report.scores == []


def test_times_are_told_as_people_do() -> None:
    assert [clock(s) for s in (0, 29, 40, 3540, 3600, 5400)] == [
        "less than a minute", "less than a minute", "1 min", "59 min", "1 h 00 min", "1 h 30 min"
    ]  # fmt: skip
