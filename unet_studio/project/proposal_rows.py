"""Proposals that an action laid beside slices as text, kept beside the journal as changes of classes are."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from unet_studio.project.blobs import pack, unpack
from unet_studio.project.records import Proposal

KEY = "proposals-of-change-"  # and the number in the journal: the key in the table ``remembered``
Beside = Mapping[int, tuple[Proposal | None, Proposal | None]]


def proposal_text(beside: Beside) -> str:
    """The proposals as JSON: by slice, what lay there before and after."""
    return json.dumps({index: [_row(one) for one in pair] for index, pair in beside.items()})


def proposals_from(text: str | None) -> dict[int, tuple[Proposal | None, Proposal | None]]:
    """The proposals in a text of ``proposal_text``; none where there is no text.

    Raises:
        ValueError, TypeError: it is damaged.
    """
    found = {}
    for index, (before, after) in dict(json.loads(text) if text else {}).items():
        found[int(index)] = (_proposal(int(index), before), _proposal(int(index), after))
    return found


def _row(one: Proposal | None) -> list[Any] | None:
    if one is None:
        return None
    blob = base64.b64encode(pack(one.labels)).decode()
    return [*one.labels.shape, blob, float(one.uncertainty), one.checkpoint_id, float(one.to_correct)]


def _proposal(index: int, row: Any) -> Proposal | None:
    if row is None:
        return None
    height, width, blob, uncertainty, checkpoint_id, *later = row
    (to_correct,) = later or (0.0,)  # from format 3 on
    labels = unpack(base64.b64decode(blob, validate=True), (int(height), int(width)))
    checkpoint = None if checkpoint_id is None else int(checkpoint_id)
    return Proposal(index, labels, float(uncertainty), checkpoint, to_correct=float(to_correct))
