"""What is shown of names: cases, projects and files may be called after patients, who are nobody's business in a talk."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from unet_studio.project.films import Film, films
from unet_studio.project.records import SUFFIX, Case
from unet_studio.workbench.event import Event
from unet_studio.workbench.looking_up import Offer

# A word with an ending that scans, label files and projects have, in quotes or not.
_FILE = re.compile(
    r"“[^“”]*”|\S+\.(?:nii(?:\.gz)?|hdr|img|nrrd|nhdr|mha|mhd|dcm|ima|png|jpe?g|tiff?|zip|unetstudio)\b", re.IGNORECASE
)


class Identities:
    """``is_hiding`` is the switch. Off, everything is shown as it is. ``switched`` tells who shows names that it was."""

    def __init__(self) -> None:
        self.is_hiding = False
        self.switched: Event[[]] = Event()
        self._cases: dict[str, str] = {}
        self._project = ""
        self._pattern: re.Pattern[str] | None = None

    def know(self, project: str, cases: Sequence[Case]) -> None:
        """Afterwards these are the names that are not for everybody: of the project, of its cases, of their files."""
        self._project = project
        self._cases = {}
        for number, film in enumerate(films(cases), start=1):
            for case in film.cases:
                path = Path(case.path)
                choice = "" if case.choice.isdecimal() else case.choice  # the number of a frame is nobody's name
                for name in (case.name, film.name, path.name, path.stem, choice):
                    if name:
                        self._cases.setdefault(name, _tr("Case {number}").format(number=number))
        self._pattern = None

    def shown(self, text: str) -> str:
        """A sentence as it may be seen: known names, and words that look like files of scans, give way to what they are."""
        if not self.is_hiding or not text:
            return text
        if self._pattern is None:  # only now, as it takes a while where there are many names
            names = sorted({*self._cases, self._project} - {""}, key=len, reverse=True)
            self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
        if self._pattern.pattern:
            text = self._pattern.sub(lambda found: self._cases.get(found[0], _tr("this project")), text)
        return _FILE.sub(lambda found: found[0] if self._is_ours(found[0]) else _tr("a file"), text)

    def project(self, name: str) -> str:
        """A project's name as it may be seen."""
        return _tr("Project") if self.is_hiding and name else name

    def films(self, cases: Iterable[Case]) -> tuple[Film, ...]:
        """The cases, frames of one scan together, under the names by which they may be seen."""
        found = films(cases)
        if not self.is_hiding:
            return found
        return tuple(replace(f, name=_tr("Case {number}").format(number=n)) for n, f in enumerate(found, start=1))

    def case(self, case: Case | Film) -> str:
        """A case's name, or that of all its frames, as it may be seen."""
        return self._cases.get(case.name, _tr("this case")) if self.is_hiding else case.name

    def old_name(self, film: Film) -> str:
        """What a line starts from in which a scan gets another name: nothing, where the old one may not be seen."""
        return "" if self.is_hiding else film.name

    def place(self, path: Path) -> str:
        """Where a file lies, as it may be seen: folders are called after patients too."""
        return _tr("a file") if self.is_hiding else str(path)

    def offers(self, offers: Sequence[Offer]) -> tuple[Offer, ...]:
        """What a folder holds, without whose it is."""
        if not self.is_hiding:
            return tuple(offers)
        return tuple(
            replace(o, name=_tr("Series {number}").format(number=n), patient="") for n, o in enumerate(offers, start=1)
        )

    def recent(self, number: int, path: Path) -> str:
        """An entry of the lists of what was opened lately."""
        if not self.is_hiding:
            return path.name.removesuffix(SUFFIX)
        return (_tr("Project {number}") if path.suffix == SUFFIX else _tr("Scan {number}")).format(number=number)

    def _is_ours(self, quoted: str) -> bool:
        """Whether a quoted word is one of our own, such as a case by its number."""
        return quoted.strip("“”") in {*self._cases.values(), _tr("this project")}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Identities", text)
