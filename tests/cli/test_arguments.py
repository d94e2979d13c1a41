import pytest

from unet_studio.cli import is_path
from unet_studio.cli.arguments import COMMANDS, parsed


def refused(words, capsys) -> str:
    with pytest.raises(SystemExit) as end:
        parsed(words)
    assert end.value.code == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err.strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_whole_sentences(command, capsys):
    with pytest.raises(SystemExit) as end:
        parsed([command, "--help"])
    out, _ = capsys.readouterr()
    assert end.value.code == 0
    description = out.split("\n\n")[1].strip()
    assert description[0].isupper() and description.endswith(".")


def test_help_lists_every_command_but_the_hidden_one(capsys):
    with pytest.raises(SystemExit):
        parsed(["--help"])
    out, _ = capsys.readouterr()
    assert all(f"\n    {command}" in out for command in COMMANDS if command != "train-job")
    assert "train-job" not in out and "==SUPPRESS==" not in out


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as end:
        parsed(["--version"])
    assert end.value.code == 0 and capsys.readouterr().out.startswith("UNet Studio 0")


def test_an_unknown_word_is_neither_a_command_nor_a_file(capsys):
    assert "“inof” is no command, and no file or folder of that name is there" in refused(["inof"], capsys)


def test_a_missing_argument_is_named_with_where_to_look(capsys):
    sentence = refused(["predict", "a.safetensors", "scan.nii"], capsys)
    assert "--out" in sentence and sentence.endswith("See unet-studio predict --help.")


def test_an_unknown_format_is_refused_in_a_sentence_that_names_those_there_are(capsys):
    sentence = refused(["predict", "a.safetensors", "scan.nii", "--out", "o", "--format", "vtk"], capsys)
    assert all(known in sentence for known in ("seg.nrrd", "dcm", "stl", "csv"))
    refused(["evaluate", "a", "--images", "i", "--labels", "l", "--format", "stl"], capsys)


@pytest.mark.parametrize(("text", "seconds"), [("300s", 300), ("5m", 300), ("90", 90), ("1.5min", 90), ("1h", 3600)])
def test_a_budget_may_be_told_in_seconds_minutes_or_hours(text, seconds):
    chosen = parsed(["train", "--images", "i", "--labels", "l", "--out", "o", "--budget", text])
    assert chosen.budget == seconds


@pytest.mark.parametrize("text", ["soon", "-5s", "0s", "5 minutes ago", ""])
def test_what_is_no_length_of_time_is_refused(text, capsys):
    assert "length of time" in refused(
        ["train", "--images", "i", "--labels", "l", "--out", "o", f"--budget={text}"], capsys
    )


@pytest.mark.parametrize("text", ["0", "-3", "many", "1.5"])
def test_what_is_no_number_of_steps_is_refused(text, capsys):
    assert "number of steps" in refused(
        ["train", "--images", "i", "--labels", "l", "--out", "o", f"--steps={text}"], capsys
    )


def test_budget_and_steps_exclude_each_other(capsys):
    words = ["train", "--images", "i", "--labels", "l", "--out", "o", "--budget", "5s", "--steps", "5"]
    assert "not allowed with" in refused(words, capsys)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Both --images and --labels are needed, or --project"),
        (["--images", "i"], "Both --images and --labels"),
        (["--images", "i", "--labels", "l"], "--out is needed"),
        (["--project", "p", "--images", "i"], "--project has its own scans"),
        (["--project", "p", "--values", "1=lung"], "a project has its own"),
    ],
)
def test_training_needs_pairs_or_a_project_and_not_both(words, why, capsys):
    assert why in refused(["train", *words], capsys)


def test_a_project_needs_no_target():
    assert parsed(["train", "--project", "p"]).out is None


def test_values_are_names_by_number():
    chosen = parsed(["train", "--images", "i", "--labels", "l", "--out", "o", "--values", "0=background 255=left lung"])
    assert chosen.values == {0: "background", 255: "left lung"}


def test_wrong_values_are_quoted(capsys):
    words = ["evaluate", "c", "--images", "i", "--labels", "l", "--values", "0=background 300=lung"]
    assert "“300=lung” is not VALUE=NAME" in refused(words, capsys)


def test_a_first_word_is_a_path_where_there_is_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scan.nii").touch()
    (tmp_path / "info").touch()
    assert is_path("scan.nii") and is_path("scan.nii#2") and is_path(str(tmp_path))
    assert not is_path("info") and not is_path("other.nii") and not is_path("--version")
