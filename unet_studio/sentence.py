"""A text for the user from a floor that knows no window: English here, said in the user's language by the window."""


class Sentence(str):
    """``Sentence("Paint {name}", name="Liver")`` is "Paint Liver".

    The template is written as a literal, so that the translations can be gathered from the source.
    """

    __slots__ = ()

    def __new__(cls, template: str, **values: object) -> "Sentence":
        """The template with its ``{name}`` places filled in."""
        return super().__new__(cls, template.format(**values))
