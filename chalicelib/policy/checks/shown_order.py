"""Checks `order`, which preparation writes: it names lists of the document, and each of their keys at most once."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language import shown_order
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument) -> Iterator[Fault]:
    known = dict(shown_order.lists(document))
    for place, keys in document.order.items():
        path: Path = ("order", place)
        if place not in known:
            yield Fault(path, "order-of-no-list", name=place)
            continue
        for position, key in enumerate(keys):
            if key not in known[place] or key in keys[:position]:
                yield Fault((*path, position), "order-of-no-value", name=key, known=list(known[place]))
