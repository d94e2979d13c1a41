"""The held-out set of a project: which reviewed slices are kept for honest scores and never trained on."""

from collections.abc import Mapping

from unet_studio.segmentation.samples import held_out_cases, held_out_slices

Slices = Mapping[str, frozenset[int]]  # by case


def extended(
    held: Slices,
    *,
    reviewed: Slices,
    trained: Slices,
    counts: Mapping[str, int],
    share: float = 0.2,
    groups: Mapping[str, str] | None = None,
) -> Slices:
    """The held-out set to use from now on: never smaller, and never with a slice that was ever trained on.

    Cases of one of the ``groups`` (the frames of one scan) are one case here: whatever slice is held out in one of them is held
    out in all, as it shows the same place of the same patient. A slice of theirs counts once.

    While it has less than ``share`` of the ``reviewed`` slices it grows: by a whole case where several cases are reviewed and one
    of them was never trained on (then all its ``counts`` slices belong to it, those reviewed later too), else by blocks of
    reviewed slices that were never trained on. At least one reviewed slice is always left to train on.
    """
    group_of = {case: (groups or {}).get(case, case) for case in {**counts, **held, **trained, **reviewed}}
    grown = _grown(
        _joined(held, group_of),
        reviewed=_joined(reviewed, group_of),
        trained=_joined(trained, group_of),
        counts={group_of[case]: count for case, count in counts.items()},
        share=share,
    )
    extended_to = dict(held)
    for case, count in counts.items():
        more = grown.get(group_of[case], frozenset()) & frozenset(range(count)) - trained.get(case, frozenset())
        if more:
            extended_to[case] = held.get(case, frozenset()) | more
    return extended_to


def _joined(slices: Slices, group_of: Mapping[str, str]) -> Slices:
    joined: dict[str, frozenset[int]] = {}
    for case, of in slices.items():
        joined[group_of[case]] = joined.get(group_of[case], frozenset()) | of
    return joined


def _grown(held: Slices, *, reviewed: Slices, trained: Slices, counts: Mapping[str, int], share: float) -> Slices:
    total = sum(len(slices) for slices in reviewed.values())
    kept = {case: held.get(case, frozenset()) & slices for case, slices in reviewed.items()}
    have = sum(len(slices) for slices in kept.values())
    if total < 2 or have >= max(1, round(share * total)):
        return held
    grown = dict(held)
    cases = [case for case, slices in reviewed.items() if slices]
    fresh_cases = [c for c in cases if not trained.get(c) and not held.get(c)]
    trainable = [c for c in cases if not held.get(c)]
    if len(cases) > 1 and fresh_cases and len(trainable) > 1:
        chosen = held_out_cases(fresh_cases if len(fresh_cases) > 1 else [*fresh_cases, ""]) - {""} or {fresh_cases[0]}
        for case in sorted(chosen)[: len(trainable) - 1]:
            grown[case] = frozenset(range(counts[case]))
        return grown
    for case in cases:
        fresh = reviewed[case] - kept[case] - trained.get(case, frozenset())
        left = reviewed[case] - kept[case]
        if fresh and len(left) > 1:
            chosen_slices = held_out_slices(sorted(fresh)) if len(fresh) > 1 else fresh
            grown[case] = held.get(case, frozenset()) | chosen_slices
    return grown
