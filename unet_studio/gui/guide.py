"""The guide: pages of Markdown in a folder, and where in them something stands."""

import re
from dataclasses import dataclass
from pathlib import Path

FIRST = "guide.md"
_LINK = re.compile(r"\]\(([\w-]+\.md)(?:#[\w-]*)?\)")
_HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}|^[|:\- ]+$|^> ?|^[-+] |^\d+\. ")


@dataclass(frozen=True, slots=True)
class Page:
    """``name`` is the file's, ``title`` its first heading."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which all words stand: the page, its heading there, and the line that has most of them."""

    page: Page
    heading: str
    line: str


def read_guide(folder: Path, language: str = "en") -> tuple[Page, ...]:
    """The pages, the first one first, then in the order in which it links to them, then the rest by name.

    A page is in ``language`` where the folder of that name has it, else in English.
    """
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    order = dict.fromkeys((FIRST, *_LINK.findall(texts[FIRST]), *texts))
    for path in sorted((folder / language).glob("*.md")):
        texts[path.name] = path.read_text(encoding="utf-8").replace("](../", "](")  # as seen from ``folder``
    return tuple(Page(name, _title(texts[name], name), texts[name]) for name in order if name in texts)


def search_guide(pages: tuple[Page, ...], query: str) -> list[Hit]:
    """The sections in which every word of the query stands, those with a word in their heading first, the first page's last."""
    words = query.casefold().split()
    found: list[tuple[tuple[bool, int, int], Hit]] = []
    for page in pages:
        for heading, lines in _sections(page):
            body = "\n".join((page.title, heading, *lines)).casefold()
            if words and all(word in body for word in words):
                in_heading = _count(words, heading)
                line = max((heading, *lines), key=lambda text: _count(words, text))
                found.append(((page.name == FIRST, -in_heading, len(found)), Hit(page, heading, line)))
    return [hit for _, hit in sorted(found, key=lambda entry: entry[0])]


def slug(heading: str) -> str:
    """The heading as it stands in a link: "Slice states" is "slice-states"."""
    return re.sub(r"[^\w-]", "", heading.strip().casefold().replace(" ", "-"))


def _count(words: list[str], text: str) -> int:
    return sum(word in text.casefold() for word in words)


def _sections(page: Page) -> list[tuple[str, list[str]]]:
    sections: list[tuple[str, list[str]]] = []
    for line in page.text.splitlines():
        if heading := _HEADING.match(line):
            sections.append((_plain(heading[2]), []))
        elif sections and (plain := _plain(line)):
            sections[-1][1].append(plain)
    return sections


def _title(text: str, name: str) -> str:
    heading = next((h for line in text.splitlines() if (h := _HEADING.match(line))), None)
    return _plain(heading[2]) if heading else name.removesuffix(".md")


def _plain(line: str) -> str:
    return re.sub(r"\s*\|\s*", "  ", _MARKUP.sub(lambda m: m[1] or "", line)).strip()
