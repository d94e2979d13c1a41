import base64
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from tests.cli.conftest import phantom
from unet_studio.cli.report import Report, Round, page, write_report
from unet_studio.labels.label_map import LabelClass
from unet_studio.segmentation.card import CheckpointCard, Scores

CLASSES = (LabelClass(1, "Grey <b>& co</b>", (240, 20, 20)), LabelClass(2, "White", (20, 20, 240)))


def card(name="Checkpoint 1"):
    scores = Scores({1: 0.8, 2: 0.7}, 2, 1)
    return CheckpointCard(
        name, "standard", 1000, CLASSES, scores, None, {"1": (0, 1)}, {"1": (2, 3)}, None, 0, 90, 60.0, "2025", "0.1.0"
    )


def report(labels=None, held_out=(1, 2)):
    labels = np.zeros((4, 40, 36), np.uint8) if labels is None else labels
    before = Round("before", labels, {"1": 0.8, "2": 0.7, "mean": 0.75}, 900, card(), True, "CPU <fp32>")
    after = Round("after", labels, {"1": 0.9, "2": 0.9, "mean": 0.9}, 300, card("Checkpoint 2"), True, "CPU <fp32>")
    return Report("brain.unetstudio", CLASSES, (0,), (3,), tuple(held_out), before, after, 0, 123.4)


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def parsed(text):
    seen = Seen()
    seen.feed(text)
    return seen


def test_the_page_needs_nothing_from_anywhere_else():
    seen = parsed(page(report(), {1: b"picture"}))
    assert not {tag for tag, _ in seen.tags} & {"script", "link", "iframe"}
    for tag, attributes in seen.tags:
        assert "href" not in attributes
        if "src" in attributes:
            assert tag == "img" and attributes["src"].startswith("data:image/png;base64,")


def test_names_are_escaped():
    text = page(report(), {})
    assert "Grey &lt;b&gt;&amp; co&lt;/b&gt;" in text and "<b>& co" not in text and "CPU &lt;fp32&gt;" in text


def test_the_figures_on_the_page_are_those_of_the_json():
    text, fields = page(report(), {}), report().fields()
    for when in ("before", "after"):
        for dice in fields["held_out_dice"][when].values():
            assert f"{dice:.3f}" in text
    assert "+0.150" in text and "900 before, 300 after" in text


def test_pictures_are_in_the_page_whole():
    text = page(report(), {1: b"picture one"})
    (found,) = re.findall(r"base64,([^\"]+)", text)
    assert base64.b64decode(found) == b"picture one"


def test_a_checkpoint_that_did_not_become_active_is_told():
    from dataclasses import replace

    one = report()
    assert "did not become active" in page(replace(one, after=replace(one.after, is_active=False)), {})


@pytest.mark.parametrize("count", [1, 2, 6, 7, 40])
def test_pictured_slices_are_held_out_ones_evenly_spread(count):
    shown = report(held_out=range(count)).pictured()
    assert len(shown) == min(6, count) and len(set(shown)) == len(shown) and set(shown) <= set(range(count))


def test_the_report_is_written_with_its_pictures(tmp_path):
    import json

    volume, labels = phantom(1)
    write_report(tmp_path, report(labels), volume, labels)
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {"report.json", "report.html", "slice-001.png", "slice-002.png"}
    fields = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert fields["pictures"] == ["slice-001.png", "slice-002.png"] and fields["held_out_slices"] == [1, 2]
    assert fields["held_out_dice"]["after"]["mean"] == 0.9 and "2 · |A ∩ B|" in fields["formula"]
