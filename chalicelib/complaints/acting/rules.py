"""Rules that go beyond a list of fields: acceptance and refusal (P9.2, P9.3), signs (P6.2), later due times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.condition_context import banded, is_ready, situation
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import Secrets
from chalicelib.complaints.fields import INTERNAL, CheckedFields, FieldSpec, pointer
from chalicelib.complaints.runs import MISSED, Run, first_open
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.intake import AcceptanceCondition
from chalicelib.policy.language.stages import Act

_CONDITIONS = "conditions"
_TICKED = {True: InBoth("true", "符合"), False: InBoth("false", "不符合")}


def check_stated_due(policy: Policy, event: str, given: CheckedFields) -> None:
    """If the event opens a task with a stated due time, its act has to state it (P5.4). It is never private."""
    for task in policy.document.tasks.values():
        if (
            task.stated is not None
            and task.stated not in given.public
            and matches(task.on, event, banded(policy, given.public))
        ):
            place = Place(f"/fields/{task.stated}", "is required: it is the due time of the task that follows")
            raise Problem("invalid", "A due time is missing.", places=[place])


def _values(given: CheckedFields) -> dict[str, Any]:
    """All values of an act, also those that the policy keeps private."""
    return {**given.public, **{key: value for values in given.private.values() for key, value in values.items()}}


def with_derived_conditions(policy: Policy, complaint: Complaint, given: CheckedFields) -> CheckedFields:
    """Ticks the acceptance conditions that follow from categories or limitation. A contradicting value is invalid."""
    if _CONDITIONS not in given.public:
        return given
    ticked = dict(given.public[_CONDITIONS])
    places = []
    for name, condition in policy.document.intake.conditions.items():
        known = derived_condition(condition, policy, complaint)
        if known is None:
            if name not in ticked:
                places.append(Place(f"/fields/{_CONDITIONS}/{name}", "must be ticked or left: true or false"))
        elif ticked.setdefault(name, known) is not known:
            why = Text("follows from the complaint and is {known}", known=_TICKED[known])
            places.append(Place(f"/fields/{_CONDITIONS}/{name}", why))
    if places:
        raise Problem("invalid", "Each condition is checked and recorded.", places=places)
    return replace(given, public={**given.public, _CONDITIONS: ticked})


def derived_condition(condition: AcceptanceCondition, policy: Policy, complaint: Complaint) -> bool | None:
    if condition.source == "limitation":
        in_time = complaint.flags.get("in_time", "yes")
        return None if in_time == "none" else in_time == "yes"
    if condition.source == "categories":
        return set(complaint.category) == set(policy.document.intake.categories)
    return None


def check_acceptance(policy: Policy, complaint: Complaint, _act: Act, given: CheckedFields, _now: Instant) -> None:
    unmet = [
        name
        for name, ticked in given.public.get(_CONDITIONS, {}).items()
        if not ticked and not policy.document.intake.conditions[name].may_fail
    ]
    if unmet:
        case = situation(policy, complaint)
        grounds = [name for name, one in policy.document.intake.refusals.items() if holds(one.when, case)]
        raise Problem(
            "invalid",
            "A complaint is accepted only if its conditions are met; otherwise it can be refused on a ground.",
            places=[Place(f"/fields/{_CONDITIONS}/{name}", "is not met") for name in unmet],
            extra={"grounds": grounds},
        )


def check_refusal(policy: Policy, complaint: Complaint, _act: Act, given: CheckedFields, _now: Instant) -> None:
    ground = policy.document.intake.refusals.get(given.public.get("ground", ""))
    if ground is None:
        return
    known = _values(given)
    missing = [need for need in ground.needs if need not in known]
    if missing:
        raise Problem(
            "invalid",
            "This ground needs more to be given.",
            places=[Place(f"/fields/{need}", "is required for this ground") for need in missing],
        )
    if _CONDITIONS in ground.needs and all(given.public[_CONDITIONS].values()):
        raise Problem(
            "invalid",
            "This ground needs a condition that is not met.",
            places=[Place(f"/fields/{_CONDITIONS}", "all are met")],
        )
    case = situation(policy, complaint)
    if not holds(ground.when, case):
        from chalicelib.complaints.acting import unmet  # only for this refusal

        wrong = unmet.failing(ground.when, case)
        needed = unmet.of_act(policy.document, wrong, case, (), in_time=True)
        why = Text("is possible only with: {needed}", needed=needed)
        raise Problem("invalid", "This ground does not apply to the complaint.", places=[Place("/fields/ground", why)])


def check_class(policy: Policy, complaint: Complaint, _act: Act, given: CheckedFields, now: Instant) -> None:
    """The class has its sign, and is not below the one that the complaint has reached with time or by a sign (P6.2)."""
    _check_sign(policy, given)
    _check_categories(policy, given)
    if policy.document.severity is not None and policy.document.severity.lowering is not None:
        from chalicelib.complaints.applying import lowering  # few acts

        lowering.check(policy, complaint, given)
    for compiled in policy.ageing:
        if clocks.is_raised(policy, given.public.get("severity"), compiled):
            end = clocks.age_ends(policy, complaint, compiled)
            if end is not None and end <= now:
                why = Text("is below {reached}: the complaint was not resolved in time", reached=compiled.ageing.to)
                raise Problem(
                    "invalid",
                    "With time, the complaint has reached a higher class.",
                    places=[Place("/fields/severity", why)],
                )


def _check_sign(policy: Policy, given: CheckedFields) -> None:
    """The sign must belong to the chosen severity class, and is given for a class that needs one (P6.2)."""
    severity = policy.document.severity
    sign, chosen = _values(given).get("sign"), given.public.get("severity", "")
    own = {} if severity is None else severity.signs.get(chosen, {})
    if sign is None and severity is not None and chosen in severity.needs_sign:
        why = Text("is required: the class {chosen} has these signs: {own}", chosen=chosen, own=", ".join(own))
        raise Problem("invalid", "A sign of the class is missing.", places=[Place("/fields/sign", why)])
    if sign is not None and sign not in own:
        why = Text("the class {chosen} has these signs: {own}", chosen=chosen, own=", ".join(own) or "none")
        raise Problem("invalid", "This is a sign of another class.", places=[Place("/fields/sign", why)])


def _check_categories(policy: Policy, given: CheckedFields) -> None:
    """A corrected category is one of the policy's, also if a built-in field has its name: `demand` takes any text."""
    for name, known in policy.document.intake.categories.items():
        if name in given.public and policy.document.definition(name) is None and given.public[name] not in known:
            why = Text("must be one of: {known}", known=", ".join(known))
            raise Problem("invalid", "There is no such category.", places=[Place(pointer("fields", name), why)])


_RESULTS = ("decided", "replied", "offered", "executed", "reopened")
"""Events after which there is something new to rate."""


def is_possible(policy: Policy, act: Act, complaint: Complaint, *, recorded: bool = False) -> bool:
    """Whether the case permits the act now. `recorded`: a member would record it for a party."""
    ready = is_ready(policy, complaint, act) and is_in_time(policy, complaint, act)
    return ready and may_rate(policy, complaint, act, recorded=recorded)


def may_rate(policy: Policy, complaint: Complaint, act: Act, *, recorded: bool = False) -> bool:
    """False for a second rating of the same result. A later result or reopening permits another one.

    The complainant may replace a rating that a member recorded for them. `recorded`: a member would record this one,
    which is never possible after the complainant's own.

    Within one instant, the state does not tell which event came first: then another rating is permitted.
    """
    acts = policy.document.stages[complaint.stage].acts
    if act is not acts.get("rate"):
        return True
    rated, seen = complaint.seen.get("rated"), complaint.seen
    if recorded and has_rated(complaint):
        return False
    if rated is None or any(seen.get(event, -1) >= rated for event in _RESULTS):
        return True
    return complaint.rating_recorded and not recorded


def has_rated(complaint: Complaint) -> bool:
    """Whether the complainant's own rating is the last one."""
    return "rated" in complaint.seen and not complaint.rating_recorded


def is_in_time(policy: Policy, complaint: Complaint, act: Act) -> bool:
    """False if the act could only change due times that are over, or for an `extend` that names a clock none at all."""
    acts = policy.document.stages[complaint.stage].acts
    if act is acts.get("extend"):
        names_clock = "clock" in (*act.needs, *act.takes)
        return not names_clock or any(before_due(act, run) for run in complaint.runs)
    if act is acts.get("promise"):
        return all(before_due(act, run) for run in complaint.runs if _changes_by_promise(policy, run))
    return True


def before_due(act: Act, run: Run) -> bool:
    return act.late or run.state != MISSED


def _changes_by_promise(policy: Policy, run: Run) -> bool:
    clock = policy.clocks[run.clock].clock
    return any(trigger.event == "promised" for trigger in (*clock.start, *clock.until))


def extended_run(complaint: Complaint, given: Mapping[str, Any]) -> str | None:
    """The run that an extension moves, as `<clock>/<n>`."""
    clock = given.get("clock")
    run = None if clock is None else first_open(complaint.runs, clock)
    return None if run is None else f"{run.clock}/{run.n}"


def refuse_beyond(before: Complaint | None, after: Complaint) -> None:
    """Raises `Problem("invalid")` if a clock is now due after 2099 and was not before."""
    known = [] if before is None else [(run.clock, run.n) for run in before.runs if run.is_beyond]
    new = [run.clock for run in after.runs if run.is_beyond and (run.clock, run.n) not in known]
    if new:
        places = [
            Place("", Text("the limit of {clock} would end after 2099", clock=name)) for name in dict.fromkeys(new)
        ]
        raise Problem("invalid", "A time limit would end after 2099.", places=places)


def internal(specs: list[FieldSpec], private: Secrets) -> Secrets:
    """The private values as those of an act that parties do not read: a class that the policy names stays."""
    named = {one.name: one.fact.holder for one in specs}
    found: Secrets = {}
    for values in private.values():
        for name, value in values.items():
            found.setdefault(named[name] or INTERNAL, {})[name] = value
    return found
