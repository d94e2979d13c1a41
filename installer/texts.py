"""The texts of the program, gathered from its source into the translators' files.

    python3 installer/texts.py         brings resources/translations/*.ts up to date; what is translated stays
    python3 installer/texts.py --check only says what is missing

A ``.ts`` file is what Qt Linguist opens. Texts of the window are found by ``tr`` and ``translate``, those of the floors below,
which know no translator, by what they look like: literal sentences, their places in order as %1, %2, ….
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_CN", "en")  # of English, only the plurals
FOLDER = ROOT / "resources" / "translations"
SENTENCES = "Sentences"
LOWER = ("workbench", "files", "unet", "project", "segmentation", "labels", "image")

# Calls whose texts are for those who write programs, or for other programs.
_INWARD = frozenset(
    {
        "info",
        "warning",
        "error",
        "debug",
        "exception",
        "ValueError",
        "TypeError",
        "KeyError",
        "RuntimeError",
        "AssertionError",
    }
    | {
        "FileNotFoundError",
        "OSError",
        "NotImplementedError",
        "execute",
        "executemany",
        "executescript",
        "compile",
        "match",
    }
    | {"search", "fullmatch", "sub", "Namespace", "Thread", "Job"}
)
_NO_SENTENCE = re.compile(
    r"\s*<|.*\{ font-family"  # pages and their styles
    r"|\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|BEGIN|VACUUM|ATTACH|\()\b|.*\b(NOT NULL|PRIMARY KEY)\b|.*::|.*=="
    r"|ply\n|[a-z_]+( [a-z_]+)?:? ?%\d|[A-Za-z]+ = |UNet Studio|file:|(un)?signed |(long|short) |JPEG|PALETTE|[a-z]+, [a-z]+, ",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r"[A-Za-z]{2,}[,;:.”]? [A-Za-z{“(%\d]|[A-Z][a-z]+ .*%\d|%\d.* [a-z]{3,}|[A-Z][a-z]+…$", re.DOTALL
)
_NOT_FOR_USERS = frozenset({"files/terminology.py", "project/schema.py", "unet/onnx_export.py", "unet/bench.py"})
_NOT_SAID = frozenset(
    {
        "add scans",
        "open case",
        "byte skip",
        "line skip",
        "data file",
        "space directions",
        "space origin",
        "space units",
        "domain domain domain",
    }
    | {
        "encoding: gzip",
        "endian: little",
        "space: left-posterior-superior",
        "ISO_IR 192",
        "Binary labelmap",
        "Manual Processing",
    }
    | {
        "dicom frame",
        "mask pages",
        "picture pages",
        "Labels of UNet Studio",
        "%1 ORDER BY c.id",
        "can't allocate memory",
    }
    | {"Anatomic codes - DICOM master list~%1~%2", "Segmentation category and type - 3D Slicer General Anatomy list"}
)


@dataclass(frozen=True, order=True)
class Text:
    """One text of the program in its context; ``is_numerus`` where it changes with a number."""

    context: str
    source: str
    is_numerus: bool = False


def texts(root: Path = ROOT) -> list[Text]:
    """Every text for the user in the source, sorted, each once."""
    found: set[Text] = set()
    for path in sorted((root / "unet_studio").rglob("*.py")):
        place = path.relative_to(root / "unet_studio").as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        if place.startswith("gui/") or place == "app.py":
            found.update(_window_texts(tree))
        if place == "app.py" or (place.partition("/")[0] in LOWER and place not in _NOT_FOR_USERS):
            found.update(Text(SENTENCES, s) for s in _sentences(tree))
    return sorted(found)


def _window_texts(tree: ast.Module) -> Iterator[Text]:
    own = _own_context(tree)
    for scope, node in _in_classes(tree, ""):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [_literal(a) for a in node.args]
        if name == "tr" and words and words[0] is not None:
            yield Text(_receiver(node.func) or scope, words[0], len(words) > 2)
        elif name == "_tr" and words and words[0] is not None:
            yield Text(own, words[0], len(words) > 1)
        elif name in ("translate", "QT_TRANSLATE_NOOP") and len(words) > 1 and words[0] and words[1]:
            yield Text(words[0], words[1], len(words) > 3)
        elif name == "Command":
            told = [words[k] for k in (1, 2, 4) if k < len(words)]
            told += [_literal(k.value) for k in node.keywords if k.arg in ("menu", "text", "tip")]
            yield from (Text("Commands", word) for word in told if word)


def _receiver(called: ast.expr) -> str:
    """The context of ``window.tr``; nothing for ``self.tr``, whose context is its class."""
    receiver = called.value if isinstance(called, ast.Attribute) else None
    return "MainWindow" if isinstance(receiver, ast.Name) and receiver.id == "window" else ""


def _own_context(tree: ast.Module) -> str:
    """The context that the module's ``_tr`` translates in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "_tr":
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and call.args and (context := _literal(call.args[0])):
                    return context
    return ""


def _in_classes(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.ClassDef) else scope
        yield inner, child
        yield from _in_classes(child, inner)


def _sentences(tree: ast.Module) -> Iterator[str]:
    certain = {in_order(t) for t in map(_sentence_called, ast.walk(tree)) if t}
    yield from (s for s in _texts_below(tree, is_inward=False) if s in certain or _is_sentence(s))


def _sentence_called(node: ast.AST) -> str | None:
    """The template of ``Sentence("…")``; None for anything else."""
    is_one = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence" and node.args
    return _literal(node.args[0]) if is_one and isinstance(node, ast.Call) else None


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _NO_SENTENCE.match(text) and text not in _NOT_SAID


def _texts_below(node: ast.AST, *, is_inward: bool) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if template := _sentence_called(node):
            yield in_order(template)
            return
        is_inward = is_inward or name in _INWARD
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and not is_inward:
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        if not is_inward:
            yield _template(node)
            for part in node.values:  # a place may hold words of its own
                if isinstance(part, ast.FormattedValue):
                    yield from _texts_below(part.value, is_inward=False)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _texts_below(child, is_inward=is_inward)


def in_order(template: str) -> str:
    """A template with named places as one with numbered places: {name} and {size:.1f} become %1 and %2."""
    number = 0

    def next_place(_: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"%{number}"

    return re.sub(r"\{[^{}]*\}", next_place, template)


def _template(joined: ast.JoinedStr) -> str:
    number, out = 0, ""
    for part in joined.values:
        if isinstance(part, ast.Constant):
            out += str(part.value)
        else:
            number += 1
            out += f"%{number}"
    return out


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


# ---- the translators' files


def read_ts(path: Path) -> dict[Text, list[str]]:
    """What a ``.ts`` file translates: its forms by text, empty ones where it does not yet."""
    if not path.exists():
        return {}
    known = {}
    for context in ET.parse(path).getroot().findall("context"):
        name = context.findtext("name") or ""
        for message in context.findall("message"):
            told, is_numerus = message.find("translation"), message.get("numerus") == "yes"
            forms = [] if told is None else [f.text or "" for f in told] if is_numerus else [told.text or ""]
            known[Text(name, message.findtext("source") or "", is_numerus)] = forms
    return known


def write_ts(path: Path, language: str, found: Iterable[Text], known: dict[Text, list[str]]) -> None:
    """Afterwards the file holds the texts found, each with its translation where it is known."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context, element = None, None
    for text in found:
        if text.context != context or element is None:
            context, element = text.context, ET.SubElement(root, "context")
            ET.SubElement(element, "name").text = context
        message = ET.SubElement(element, "message", {"numerus": "yes"} if text.is_numerus else {})
        ET.SubElement(message, "source").text = text.source
        forms = known.get(text, [])
        told = ET.SubElement(message, "translation", {} if any(forms) else {"type": "unfinished"})
        if text.is_numerus:
            for form in forms or [""] * (2 if language == "en" else 1):
                ET.SubElement(told, "numerusform").text = form
        elif forms:
            told.text = forms[0]
    ET.indent(root, "    ")
    path.parent.mkdir(parents=True, exist_ok=True)
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def wanted(language: str, found: Iterable[Text]) -> list[Text]:
    """The texts that this language translates: all, but of English only those that change with a number."""
    return [t for t in found if t.is_numerus or language != "en"]


def main(arguments: list[str]) -> int:
    """Brings the files up to date, or only says what is missing; 1 where anything is."""
    found, missing = texts(), 0
    for language in LANGUAGES:
        path = FOLDER / f"{language}.ts"
        known, mine = read_ts(path), wanted(language, found)
        lacking = [t for t in mine if not all(known.get(t, [""]))]
        missing += len(lacking)
        if "--check" not in arguments:
            write_ts(path, language, mine, known)
        print(
            f"{path.name}: {len(mine)} texts, {len(lacking)} not translated, {len(set(known) - set(mine))} no longer used"
        )
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
