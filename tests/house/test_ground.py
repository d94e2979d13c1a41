"""The ground floor: errors, progress and resources."""

import inspect
from pathlib import Path

import pytest

import unet_studio
from unet_studio import errors, resources
from unet_studio.progress import Progress, finish


def test_every_error_is_one_of_ours_and_is_in_the_tree_of_the_docstring():
    found = [e for _, e in inspect.getmembers(errors, inspect.isclass) if e.__module__ == errors.__name__]
    assert len(found) >= 12
    for error in found:
        assert issubclass(error, errors.StudioError)
        assert error.__name__ in errors.__doc__


def test_the_tree_is_drawn_as_the_classes_descend():
    depth_of = {}
    for line in errors.__doc__.splitlines():
        name = line.strip(" │├└─").partition(" ")[0]
        if hasattr(errors, name):
            depth_of[name] = line.index(name)
    parents: list[tuple[int, str]] = []
    for name, depth in depth_of.items():
        while parents and parents[-1][0] >= depth:
            parents.pop()
        if parents:
            assert getattr(errors, name).__bases__[0].__name__ == parents[-1][1]
        parents.append((depth, name))


def test_an_error_about_a_file_knows_the_file_and_says_its_sentence():
    error = errors.ChoiceNeeded("study holds two series.", path=Path("study"), choices=["1", "2"])
    assert (str(error), error.path, error.choices) == ("study holds two series.", Path("study"), ("1", "2"))
    assert isinstance(error, errors.ReadError)
    assert errors.ProjectLocked("Anna has it open.", owner="Anna").owner == "Anna"


def test_slow_work_can_be_done_to_its_end():
    heard = []

    def work():
        for count in range(3):
            heard.append(count)
            yield Progress(count / 3, "counting")
        return "done"

    assert finish(work()) == "done"
    assert heard == [0, 1, 2]


def test_what_goes_wrong_in_slow_work_rises():
    def work():
        yield Progress()
        raise errors.StudioError("The disk is full.")

    with pytest.raises(errors.StudioError, match="disk is full"):
        finish(work())


def test_a_resource_lies_in_the_checkout_and_a_missing_one_is_named():
    assert resources.resource("sample").is_dir()
    assert resources.resource("sample", "sample.json").is_file()
    with pytest.raises(FileNotFoundError, match="sample/nothing"):
        resources.resource("sample", "nothing")


def test_in_an_installed_program_resources_lie_in_the_package(tmp_path, monkeypatch):
    (tmp_path / "_resources" / "guide").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.resource("guide") == tmp_path / "_resources" / "guide"


def test_the_program_is_typed_for_those_who_import_it():
    assert (Path(unet_studio.__file__).parent / "py.typed").is_file()
