"""The faster precision is tried out once a machine; a close call, or a file that can't be used, is tried again."""

import json

import pytest

from unet_studio.project.settings import settings_path
from unet_studio.unet import speed_probe
from unet_studio.unet.speed_probe import bf16_is_faster, bf16_speed, machine_key, remembered_answer


@pytest.fixture
def probes(monkeypatch) -> list[float]:
    """What the next trials find; those made are taken off."""
    found: list[float] = []
    monkeypatch.setattr(speed_probe, "bf16_speed", lambda: found.pop(0))
    return found


def test_a_clear_answer_is_remembered(probes, tmp_path):
    path = tmp_path / "studio" / "speed.json"
    probes += [2.5]
    assert remembered_answer(path, "a")
    assert remembered_answer(path, "a")
    assert json.loads(path.read_text()) == {"a": 2.5}


def test_each_machine_has_its_own_answer(probes, tmp_path):
    path = tmp_path / "speed.json"
    probes += [2.5, 0.2]
    assert remembered_answer(path, "a")
    assert not remembered_answer(path, "b")
    assert remembered_answer(path, "a")
    assert not remembered_answer(path, "b")


def test_a_close_call_is_tried_again_the_next_time(probes, tmp_path):
    path = tmp_path / "speed.json"
    probes += [1.2, 1.1]
    assert remembered_answer(path, "a")
    assert not remembered_answer(path, "a")
    assert not path.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": "fast"}', '{"a": true}', "[" * 100_000])
def test_a_file_that_makes_no_sense_is_written_anew(probes, tmp_path, content):
    path = tmp_path / "speed.json"
    path.write_text(content)
    probes += [0.3]
    assert not remembered_answer(path, "a")
    assert json.loads(path.read_text()) == {"a": 0.3}


def test_a_folder_that_can_not_be_written_to_only_costs_time(probes, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    probes += [2.5, 2.5]
    assert remembered_answer(blocked / "speed.json", "a")
    assert remembered_answer(blocked / "speed.json", "a")


def test_an_answer_holds_for_one_processor_and_its_caps(monkeypatch):
    before = machine_key()
    assert machine_key() == before
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    assert machine_key() != before


def test_the_answer_lies_beside_the_settings_and_is_found_there(monkeypatch):
    path = settings_path().with_name("speed.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({machine_key(): 3.0}))
    monkeypatch.setattr(speed_probe, "bf16_speed", lambda: pytest.fail("tried out though it is known"))
    bf16_is_faster.cache_clear()
    assert bf16_is_faster()
    path.unlink()
    bf16_is_faster.cache_clear()


def test_the_trial_itself_is_short():
    assert bf16_speed(seconds=0.05) > 0
