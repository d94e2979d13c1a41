"""What the documents say is true: their links lead somewhere, and the README's commands work."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")])
QUICK = ("info", "doctor")


def commands_of_readme() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def program_commands() -> list[list[str]]:
    """The arguments of each call of the program itself."""
    prefix = ".venv/bin/unet-studio "
    return [shlex.split(c.removeprefix(prefix)) for c in commands_of_readme() if c.startswith(prefix)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    shown = re.sub(r"<!--.*?-->", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)", shown)
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_the_two_commands_are_in_the_first_screen_of_the_readme():
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:25])
    assert "python3 installer/bootstrap.py run" in first_screen
    assert "python3 installer/bootstrap.py test" in first_screen


@pytest.mark.parametrize("arguments", [a for a in program_commands() if a[0] in QUICK], ids=lambda a: a[0])
def test_a_command_of_the_readme_works(arguments):
    command = [sys.executable, "-m", "unet_studio", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_other_command_of_the_readme_is_one_the_program_has():
    done = subprocess.run(
        [sys.executable, "-m", "unet_studio", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    named = {arguments[0] for arguments in program_commands()}
    assert named >= {"demo", *QUICK}
    assert all(name in done.stdout for name in named)


def test_each_decision_has_a_number_of_its_own_and_says_why():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len({p.name[:4] for p in decisions}) == len(decisions) > 1
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# (Decision )?0*{int(path.name[:4])}\b", text), path.name
        assert re.search(r"\bcontext\b", text, re.IGNORECASE), path.name


def test_the_licence_is_apache_2_in_full():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
