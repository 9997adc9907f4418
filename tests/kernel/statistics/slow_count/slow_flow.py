"""The slow count of what came in, what became of it, and how people acted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tests.kernel.statistics.slow_count.slow import Hit, Slow, moment, open_minutes
from tests.kernel.statistics.slow_count.slow_categories import categories
from tests.kernel.statistics.slow_count.slow_times import first_by_person, receipt

Count = Callable[[Slow], Iterator[Hit]]
NO_ACTS = (None, "register", "switch")
"""Of the words in `act`, those that are no act on the case."""
SILENT = ("noted", "ticked", "evidence_declared", "evidence_uploaded", "evidence_sealed", "evidence_refused")


def events(*types: str) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type(*types):
            if slow.record[at]["type"] == "notified" and "act" not in slow.record[at]:
                continue
            before = slow.record[at - 1]["result"]["stage"] if at else slow.record[0]["result"]["stage"]
            own = {"event": slow.record[at]["type"], "role": slow.who(at), "stage": before}
            yield Hit(slow.day(at), slow.case(at, **own, tier=str(slow.record[at]["result"]["tier"])))

    return count


def filed_by(*words: str) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        if slow.returning in words:
            yield Hit(slow.day(0), slow.case(0))

    return count


def acts(slow: Slow) -> Iterator[Hit]:
    if slow.own_unit:  # a record of tasks counts in points and deadlines only
        return
    yield from events(*{event["type"] for event in slow.record} - set(SILENT))(slow)


def filings(type_: str) -> Count:
    """The filings of complaints that such an event followed."""

    def count(slow: Slow) -> Iterator[Hit]:
        followed = [*slow.of_type(type_)]
        refused = [*slow.of_type("refused")]
        if followed and not slow.own_unit:
            ground = slow.record[refused[0]]["fields"].get("ground", "") if refused else ""
            yield Hit(slow.day(0), slow.case(0, ground=ground))

    return count


def refusals(*, overturned: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type("refused"):
            after = [slow.record[one]["type"] for one in slow.of_type("refused", "accepted", "reopened") if one > at]
            if not overturned or (after and after[0] != "refused"):
                yield Hit(slow.day(at), slow.case(at, ground=slow.record[at]["fields"].get("ground", "")))

    return count


def answers(*, disputed: bool = False) -> Count:
    """Replies, offers and decisions."""
    types = ("replied", "offered", "decided")

    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type(*types):
            after = [slow.record[one]["type"] for one in slow.of_type(*types, "disputed") if one > at]
            if not disputed or after[:1] == ["disputed"]:
                yield Hit(slow.day(at), slow.case(at, event=slow.record[at]["type"]))

    return count


def demands(end: str = "") -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        named = [slow.record[at]["fields"].get("demand") for at in slow.of_type(end)]
        for at in slow.of_type("evidence_demanded"):
            if not end or slow.record[at]["id"] in named:
                yield Hit(slow.day(at), slow.case(at))

    return count


def said(slow: Slow) -> Iterator[Hit]:
    """Of several ratings, the last one."""
    replaced = [*slow.of_type("rated")][:-1]
    for at, event in enumerate(slow.record):
        if slow.whole(at) and event.get("act") not in NO_ACTS and at not in replaced:
            task = event["fields"].get("task", "") if event["type"] == "task_done" else ""
            for name, values in slow.choices(at).items():
                for value in values:
                    own = {"event": event["type"], "task": task, "answer": f"{name}={value}"}
                    yield Hit(slow.day(at), slow.case(at, **own))


def tasks(slow: Slow) -> Iterator[Hit]:
    for at in slow.of_type("task_done"):
        yield Hit(slow.day(at), slow.case(at, task=slow.record[at]["fields"]["task"], role=slow.who(at)))


def closings_reopened(slow: Slow) -> Iterator[Hit]:
    yield from (Hit(slow.day(at), slow.case(at)) for at in slow.of_type("closed") if _is_reopened(slow, at))


def closings(*, by_time: bool = False, unheard: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type("closed"):
            if by_time and slow.record[at].get("due_at") is None:
                continue
            if not unheard or (_is_unheard(slow, at) and _is_reopened(slow, at)):
                yield Hit(slow.day(at), slow.case(at))

    return count


def _is_unheard(slow: Slow, at: int) -> bool:
    begin = max(one for one in slow.of_type("decided", "registered", "reopened") if one < at)
    between = range(begin + 1, at)
    return not any(
        slow.whole(one) and slow.record[one].get("act") not in NO_ACTS and slow.who(one) == "complainant"
        for one in between
    )


def is_answered(slow: Slow, at: int) -> bool:
    """Whether a reply, an offer or a decision came by this event, and no reopening after it."""
    turns = [one for one in slow.of_type("replied", "offered", "decided", "reopened") if one <= at]
    return bool(turns) and slow.record[turns[-1]]["type"] != "reopened"


def is_unanswered(slow: Slow, at: int) -> bool:
    """Whether it closes the complaint without an answer, although the policy has acts to give one."""
    stages = slow.policy(at).document.stages.values()
    known = any({"reply", "offer", "decide"} & stage.acts.keys() for stage in stages)
    return slow.record[at]["type"] == "closed" and slow.whole(at) and known and not is_answered(slow, at)


def closed_unanswered(slow: Slow) -> Iterator[Hit]:
    yield from (Hit(slow.day(at), slow.case(at)) for at in slow.of_type("closed") if is_unanswered(slow, at))


def _is_reopened(slow: Slow, at: int) -> bool:
    reopened = [one for one in slow.of_type("reopened") if one > at]
    closed = [one for one in slow.of_type("closed") if one > at]
    return bool(reopened) and (not closed or reopened[0] < closed[0])


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


def first_answer(slow: Slow) -> Iterator[Hit]:
    for event in slow.record:
        is_of_time = event["fields"].get("wording") == "due_moved"
        if event["type"] == "notified" and "complainant" in event["fields"].get("to", []) and not is_of_time:
            for at in range(1, len(slow.record)):
                told = slow.record[at]["id"] == event["fields"].get("about")
                if told and slow.by_member(at) and slow.whole(at) and slow.record[at].get("act") not in NO_ACTS:
                    yield _since_receipt(slow, at)
                    return


def first_closing(slow: Slow) -> Iterator[Hit]:
    yield from (_since_receipt(slow, at) for at in list(slow.of_type("closed"))[:1])


def _since_receipt(slow: Slow, at: int) -> Hit:
    minutes = open_minutes(slow.policy(at).calendar, receipt(slow), moment(slow.record[at]["at"]))
    return Hit(slow.day(at), slow.case(at), minutes)


ONE_DAY = timedelta(days=1)
FLOW: dict[str, tuple[Count, Count | None]] = {
    "received": (events("registered"), None),
    "accepted": (filings("accepted"), events("registered")),
    "refused": (filings("refused"), events("registered")),
    "refusals_overturned": (refusals(overturned=True), refusals()),
    "decided": (events("decided"), None),
    "closed": (events("closed"), None),
    "withdrawn": (events("withdrawn"), None),
    "transferred": (events("transferred"), None),
    "reopened": (closings_reopened, events("closed")),
    "disputed": (answers(disputed=True), answers()),
    "closed_on_silence": (closings(by_time=True), events("closed")),
    "closed_without_decision": (closed_unanswered, events("closed")),
    "demands_lapsed": (demands("demand_lapsed"), demands()),
    "demands_answered": (demands("evidence_received"), demands()),
    "linked": (events("linked"), None),
    "repeat_complainants": (filed_by("yes"), filed_by("yes", "no")),
    "published": (events("published"), None),
    "tasks_done": (tasks, None),
    "answers": (said, None),
    "acts": (acts, None),
    "reclassified": (severity_changes(), None),
    "downgraded_after_warning": (severity_changes(act=True, down=True, warned=True), severity_changes(act=True)),
    "downgrades_near_due": (severity_changes(act=True, down=True, near=True), severity_changes(act=True)),
    "recategorised": (categories(changed=True), categories()),
    "passed_on_near_due": (passed_on(near=True), passed_on()),
    "closed_unheard_and_reopened": (closings(unheard=True), events("closed")),
    "acts_entered_later": (staff_acts(earlier=True), staff_acts()),
}
TIMES: dict[str, Count] = {
    "time_to_first_answer": first_answer,
    "time_to_first_substantive_answer": first_by_person("replied", "offered", "decided"),
    "time_to_first_substantive_answer_without_waiting": first_by_person("replied", "offered", "decided", own=True),
    "time_to_decision": first_by_person("decided"),
    "time_to_decision_without_waiting": first_by_person("decided", own=True),
    "time_to_closing": first_closing,
}
