"""Calls that could run code out of a file, which the program never makes."""

import ast
from pathlib import Path

MODULES = frozenset({"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"})
BUILT_IN = frozenset({"eval", "exec", "__import__"})
KEYWORDS = {"weights_only": False, "allow_pickle": True}


def findings(path: Path) -> list[str]:
    """One line, ``path:line: what``, for each unpickling, ``eval`` or switched-off guard in a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return [f"{path}:{line}: {what}" for node in ast.walk(tree) for line, what in _offences(node)]


def _offences(node: ast.AST) -> list[tuple[int, str]]:
    if isinstance(node, ast.Import):
        return [(node.lineno, f"import {a.name}") for a in node.names if a.name.partition(".")[0] in MODULES]
    if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
        return [(node.lineno, f"from {node.module} import")]
    if not isinstance(node, ast.Call):
        return []
    found = [
        (node.lineno, f"{k.arg}={k.value.value}")
        for k in node.keywords
        if k.arg in KEYWORDS and isinstance(k.value, ast.Constant) and k.value.value is KEYWORDS[k.arg]
    ]
    if isinstance(node.func, ast.Name) and node.func.id in BUILT_IN:
        found.append((node.lineno, f"{node.func.id}()"))
    return found
