"""The slow count of how people acted: classes and categories that changed, what was passed on or entered later."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from tests.kernel.statistics.slow_count.slow import NO_ACTS, Count, Event, Hit, Slow, moment


def categories(*, changed: bool = False) -> Count:
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


def severity_changes(*, act: bool = False, down: bool = False, warned: bool = False, near: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in range(1, len(slow.record)):
            before, after = (slow.record[one]["result"]["severity"] for one in (at - 1, at))
            if None in (before, after) or before == after:
                continue
            cause = "time" if slow.record[at]["type"] == "reclassified" and slow.whole(at) else "act"
            classes = slow.policy(at).classes
            fits = [
                not act or cause == "act",
                not down or ({before, after} <= set(classes) and classes.index(after) < classes.index(before)),
                not warned or _is_warned(slow, at),
                not near or slow.near(at),
            ]
            if all(fits):
                yield Hit(slow.day(at), slow.case(at, cause=cause))

    return count


def _is_warned(slow: Slow, at: int) -> bool:
    named = [slow.record[one]["fields"] for one in slow.of_type("warned", "missed") if one < at]
    still = {(run["clock"], run["n"]) for run in slow.open_runs(at)}
    return any((fields["clock"], fields["run"]) in still for fields in named)


def passed_on(*, near: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type("forwarded", "transferred"):
            if not near or slow.near(at):
                yield Hit(slow.day(at), slow.case(at, event=slow.record[at]["type"]))

    return count


def staff_acts(*, earlier: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at, event in enumerate(slow.record):
            if (
                slow.whole(at)
                and slow.by_member(at)
                and event.get("act") not in NO_ACTS
                and (not earlier or _earlier(slow, at))
            ):
                yield Hit(slow.day(at), slow.case(at))

    return count


def _earlier(slow: Slow, at: int) -> bool:
    known = slow.policy(at).document.fields
    past = [
        value
        for name, value in slow.record[at]["fields"].items()
        if name in known and known[name].kind in ("time", "date") and known[name].tense == "past"
    ]
    days = [moment(one).astimezone(slow.zone(at)).date() if "T" in one else date.fromisoformat(one) for one in past]
    return any(day < slow.day(at) for day in days)
