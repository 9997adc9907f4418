"""The moments of a record, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from chalicelib.complaints import runs
from chalicelib.complaints.envelope import Event, unit_after
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import corrected
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import ANSWERS
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.series import common_of
from chalicelib.statistics.days import day_of
from chalicelib.statistics.dimensions import CountedCase
from chalicelib.store import keys

PolicyOf = Callable[[str], Policy]
"""The policy of a version."""


def moments(events: Sequence[Event], policy_of: PolicyOf) -> Iterator[Moment]:
    """Yields a moment for each event. Raises the errors of `policy_of`.

    A corrected category holds for all moments: it was wrong from the beginning. Another unit holds from its event on.
    """
    filed = events[0].fields if events else {}
    category: dict[str, str] = filed.get("category") or {}
    stage, severity, open_runs, answered = "", None, dict[RunKey, Run](), False
    number = events[0].id.partition("/")[0] if events else ""
    unit = keys.unit_name(number) if keys.is_unit(number) else None
    right = {name: one for event in events for name, one in corrected(event.type, event.fields).items()}
    joined = _joined({**category, **right})
    for event in events:
        policy, result, at = policy_of(event.policy), event.result, from_text(event.at)
        unit = unit if keys.is_unit(number) else unit_after(event, unit)
        if event.type == "switched":
            category = {**category, **(event.fields.get("category") or {})}
            joined = _joined({**category, **right})
        type_ = "" if result.get("partial") else event.type
        answered = type_ in ANSWERS or (answered and type_ != "reopened")
        changed = [runs.from_json(one) for one in result.get("clocks", ())]
        left = _after(open_runs, changed)
        yield Moment(
            event=event,
            type=type_,
            at=at,
            day=day_of(policy.calendar, at),
            policy=policy,
            common=common_of(CountedCase(event, filed, joined, unit or "")),
            stage_before=stage,
            tier=result["tier"],
            severity_before=severity,
            runs_before=open_runs,
            runs_after=left,
            changed=changed,
            answered=answered,
        )
        stage, severity = result["stage"], result["severity"]
        open_runs = left


def _joined(category: dict[str, str]) -> str:
    return "&".join(f"{name}={choice}" for name, choice in sorted(category.items()))


def _after(before: dict[RunKey, Run], changed: list[Run]) -> dict[RunKey, Run]:
    if not changed:
        return before
    merged = {**before, **{(run.clock, run.n): run for run in changed}}
    return {key: run for key, run in merged.items() if run.open}
