"""Counts what can be a sign of gaming, with what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.complaints.runs import RUNNING, Run
from chalicelib.complaints.state import corrected
from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.policy.language.values import fact_kinds
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.tally import Tally, yes
from chalicelib.statistics.days import day_of
from chalicelib.statistics.dimensions import joined_categories

NEAR = DAY
"""How long before a due time an act counts as near to it."""


def is_near(run: Run, at: Instant) -> bool:
    """True if the run is due within a day from now. A missed or paused run is not near."""
    return run.state == RUNNING and run.due is not None and 0 <= run.due - at <= NEAR


def any_near(runs: Iterable[Run], at: Instant) -> str:
    return yes(any(is_near(run, at) for run in runs))


def count_severity_changes(tally: Tally, found: Sequence[Moment]) -> None:
    """`warned`: an open deadline was warned of, or missed, before."""
    warned: set[RunKey] = set()
    for moment in found:
        after, before = moment.event.result["severity"], moment.severity_before
        if before is not None and after is not None and after != before:
            classes = moment.policy.classes
            known = before in classes and after in classes
            lower = known and classes.index(after) < classes.index(before)
            direction = "" if not known else "down" if lower else "up"
            cause = "time" if moment.type == "reclassified" else "act"
            near = any_near(moment.runs_before.values(), moment.at)
            tally.on(moment, "severity_change", direction, cause, yes(warned & moment.runs_before.keys()), near)
        if moment.type in ("warned", "missed"):
            warned.add((moment.fields["clock"], moment.fields["run"]))


def count_categories(tally: Tally, found: Sequence[Moment]) -> None:
    """Each complaint once, on the day of its filing: the first choice of each kind, and whether an act changed
    one later. A switch of version only names it anew."""
    present: dict[str, str] = dict(found[0].fields.get("category") or {})
    first, changed = dict(present), False
    for moment in found[1:]:
        if moment.type == "switched":
            named = moment.fields.get("category") or {}
            first |= {kind: name for kind, name in named.items() if first.get(kind) == present.get(kind)}
            present |= named
            continue
        for kind, choice in corrected(moment.event.type, moment.fields).items():
            changed = changed or present.get(kind, choice) != choice
            first.setdefault(kind, choice)
            present[kind] = choice
    tally.on(found[0], "first_category", joined_categories(first), yes(changed))


def count_passing_on(tally: Tally, found: Sequence[Moment]) -> None:
    for moment in found:
        if moment.type in ("forwarded", "transferred"):
            tally.on(moment, "handed_on", moment.type, any_near(moment.runs_before.values(), moment.at))


def count_earlier_acts(tally: Tally, found: Sequence[Moment]) -> None:
    """Acts of the organisation's people. `earlier`: it says that it was done on an earlier day than it was entered."""
    for moment in found:
        if moment.is_act and moment.by_staff:
            tally.on(moment, "staff_act", yes(_says_earlier(moment)))


def _says_earlier(moment: Moment) -> bool:
    fields = moment.policy.document.fields
    for name, value in moment.given.items():
        field = fields.get(name)
        is_past = field is not None and fact_kinds.of(field.kind).is_time and field.tense == "past"
        if is_past and isinstance(value, str) and _stated_day(moment, value) < moment.day:
            return True
    return False


def _stated_day(moment: Moment, value: str) -> str:
    """Of an instant or a day."""
    return day_of(moment.policy.calendar, from_text(value)) if "T" in value else value
