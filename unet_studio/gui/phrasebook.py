"""What the program says in one language: texts of the window by their context, sentences of other floors by their pattern."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

SENTENCES = "Sentences"
LEAST_SHARE = 0.25  # of a text that is the template's own words, unless it begins or ends the text
_SEAM = re.compile(r"(?<=[.!?]) (?=[A-Z“])")  # between two sentences
_PLACE = re.compile(r"%\d|%n|\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text in its context and the forms it takes; the first form is for 1 where the language has two."""

    context: str
    source: str
    forms: tuple[str, ...]


Prefer = Callable[[Phrase], int]


class Phrasebook:
    """The phrases of a ``.ts`` file of Qt Linguist; those not translated are left out."""

    def __init__(self, phrases: tuple[Phrase, ...] = ()) -> None:
        self.phrases = phrases
        self._by_source = {(p.context, p.source): p for p in phrases}
        self._sentences = _Patterns([(p.source, p) for p in phrases if p.context == SENTENCES])
        self._said = _Patterns([(form, p) for p in phrases for form in p.forms])
        self.said = lru_cache(1000)(self._say)

    def translated(self, context: str, source: str, n: int = -1) -> str | None:
        """A text of the window in this language; None where it is not translated. ``n`` chooses among the forms."""
        phrase = self._by_source.get((context, source))
        if phrase is None:
            return None
        return phrase.forms[0 if n == 1 or len(phrase.forms) == 1 else 1]

    def _say(self, sentence: str) -> str | None:
        """A sentence that another floor made in English, or several, in this language; None where it is not known."""
        found = self._sentences.match(sentence)
        if found is None or any(_SEAM.search(word) for word in found[1].values()):  # a name, or all of another sentence
            parts = _SEAM.split(sentence)
            said = [self._say(part) for part in parts] if len(parts) > 1 else [None]
            if all(said):
                return "".join(one if one and one.endswith("。") else f"{one} " for one in said).rstrip()
        if found is None:
            return None
        phrase, words = found
        return fill(phrase.forms[0], {place: self._say(word) or word for place, word in words.items()})

    def recognised(self, text: str, prefer: Prefer = lambda _: 0) -> tuple[Phrase, dict[str, str]] | None:
        """The phrase that ``text`` says in this language, and what stands in its places.

        Of several that are said alike, the one that ``prefer`` gives most.
        """
        return self._said.match(text, prefer)


def english_of(book: Phrasebook) -> Phrasebook:
    """The same phrases as they are in the source, each its own translation."""
    return Phrasebook(tuple(Phrase(p.context, p.source, (p.source,)) for p in book.phrases))


def load_phrasebook(path: Path) -> Phrasebook:
    """The phrases of a ``.ts`` file of ours."""
    return Phrasebook(tuple(_phrases(ET.parse(path).getroot())))  # noqa: S314 - shipped with the program


def fill(template: str, words: dict[str, str]) -> str:
    """The template with ``words`` in its places, %1 or {name}; a place without a word stays."""
    return _PLACE.sub(lambda place: words.get(place.group(), place.group()), template)


def _phrases(root: ET.Element) -> Iterator[Phrase]:
    for context in root.findall("context"):
        name = context.findtext("name") or ""
        for message in context.findall("message"):
            told = message.find("translation")
            if told is None:
                continue
            forms = tuple(f.text or "" for f in told.findall("numerusform")) or (told.text or "",)
            if all(forms):
                yield Phrase(name, message.findtext("source") or "", forms)


class _Patterns:
    """Finds which of many templates a text was made from; the one with most words of its own where several fit."""

    def __init__(self, templates: list[tuple[str, Phrase]]) -> None:
        self._plain: dict[str, list[Phrase]] = {}
        placed = []
        for template, phrase in templates:
            if not _PLACE.search(template):
                self._plain.setdefault(template, []).append(phrase)
            elif own_words := _own_words(template):
                placed.append((template, own_words, phrase))
        self._placed = sorted(placed, key=lambda row: -sum(map(len, row[1])))

    def match(self, text: str, prefer: Prefer = lambda _: 0) -> tuple[Phrase, dict[str, str]] | None:
        # A tip is called as its command, without the dots.
        if phrases := [*self._plain.get(text, ()), *self._plain.get(f"{text}…", ())]:
            return max(phrases, key=prefer), {}
        for template, own_words, phrase in self._placed:
            if (
                all(word in text for word in own_words)
                and _is_sure(template, own_words, text)
                and (found := _pattern(template).fullmatch(text))
            ):
                return phrase, dict(zip(_PLACE.findall(template), found.groups(), strict=True))
        return None


def _is_sure(template: str, own_words: list[str], text: str) -> bool:
    """Whether a template that fits is likely meant: a few letters in the middle of a long text prove nothing."""
    is_whole = template.endswith((".", "。")) or template.startswith(own_words[0])
    return is_whole or sum(map(len, own_words)) >= LEAST_SHARE * len(text)


def _own_words(template: str) -> list[str]:
    return [part for part in _PLACE.split(template) if any(letter.isalnum() for letter in part)]


@lru_cache(2000)
def _pattern(template: str) -> re.Pattern[str]:  # compiling all of them at the start would take a third of a second
    return re.compile("(.*?)".join(re.escape(part) for part in _PLACE.split(template)), re.DOTALL)
