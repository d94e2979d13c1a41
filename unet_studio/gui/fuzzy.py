"""How well a few letters fit a text: for finding a command by what one remembers of its name."""

from collections.abc import Iterable


def fit(query: str, text: str) -> float | None:
    """From 0 upwards, more where the letters stand together and begin words; None where they aren't all there in order.

    Each word of the query is looked for by itself, so their order does not matter. Case doesn't, either. An empty query
    fits everything equally.
    """
    scores = [_fit_word(word, text.casefold()) for word in query.casefold().split()]
    if any(score is None for score in scores):
        return None
    return sum(score for score in scores if score is not None)


def best_fit(query: str, texts: Iterable[str]) -> float | None:
    """The best of ``fit`` over several texts, each later one counting for a little less."""
    fits = [score - place for place, text in enumerate(texts) if (score := fit(query, text)) is not None]
    return max(fits, default=None)


def _fit_word(word: str, text: str) -> float | None:
    at = text.find(word)
    while at > 0 and not _begins(text, at):  # the start of a word is better than its middle
        later = text.find(word, at + 1)
        if later < 0:
            break
        at = later
    if at >= 0:
        return 40.0 * _begins(text, at) + 20.0 + 4.0 * len(word) - 0.1 * at - 0.05 * len(text)
    score, before = 0.0, -2
    for letter in word:
        at = text.find(letter, before + 1 if before >= 0 else 0)
        if at < 0:
            return None
        score += 3.0 * (at == before + 1) + 3.0 * _begins(text, at) - 0.2 * (at - max(before, 0))
        before = at
    return max(0.0, score) - 0.05 * len(text)


def _begins(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
