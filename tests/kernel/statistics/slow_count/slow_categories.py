"""The slow count of categories that a member changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from tests.kernel.statistics.slow_count.slow import Event, Hit, Slow


def categories(*, changed: bool = False) -> Callable[[Slow], Iterator[Hit]]:
    def count(slow: Slow) -> Iterator[Hit]:
        if slow.own_unit:
            return
        chosen = {kind: [choice] for kind, choice in slow.record[0]["fields"].get("category", {}).items()}
        for event in slow.record[1:]:
            for kind, choice in _categories_of(event).items():
                if event["type"] == "switched" and kind in chosen:  # a new name of the same choice
                    chosen[kind] = [choice if one == chosen[kind][-1] else one for one in chosen[kind]]
                else:
                    chosen.setdefault(kind, []).append(choice)
        first = "&".join(f"{kind}={chosen[kind][0]}" for kind in sorted(chosen))
        if not changed or any(
            one != following for many in chosen.values() for one, following in itertools.pairwise(many)
        ):
            yield Hit(slow.day(0), slow.case(0, first_category=first))

    return count


def _categories_of(event: Event) -> dict[str, str]:
    found = event["fields"].get("category", {})
    return found if isinstance(found, dict) else {}
