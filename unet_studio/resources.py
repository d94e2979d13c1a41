"""Where icons, the sample project, the guide and translations lie, in a checkout and installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``resource("sample", "brain.unetstudio")``.

    Raises:
        FileNotFoundError: it was not shipped, which is a fault of the build.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))
