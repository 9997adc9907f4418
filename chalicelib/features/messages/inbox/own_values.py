"""The values of the placeholders that only the default texts of messages use."""

from __future__ import annotations

from collections.abc import Set

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox import stated
from chalicelib.features.messages.inbox.message_source import MessageSource, calendar_of, event_names, inside, joined
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.derived.duties import ending_events, ending_tasks, waits_for_approval
from chalicelib.policy.language.wording.own_terms import accepted_thing
from chalicelib.policy.worktime.explaining import before_text

OF_SUBJECT = frozenset({"until", "next", "outcome", "party", "kinds", "missing", "act", "proposer"})
"""The placeholders of the default texts that say something of the event that the notice is about."""


def own_values(notice: MessageSource, language: str, named: Set[str]) -> dict[str, str | None]:
    """The values of `OWN_PLACEHOLDERS`."""
    fields = notice.event.fields
    due, open_until = fields.get("due") if "by" in named else None, fields.get("open_until")
    document, people = notice.policy.document, notice.event.fields.get("people", [])
    return {
        **(_of_subject(notice, notice.subject, language) if notice.subject and OF_SUBJECT & named else {}),
        **_voided_acts(notice, language),
        "owed": _owed(notice, language) if "owed" in named else None,
        "repeat": event_names(notice, notice.event.fields.get("repeat", []), language),
        "changes": fields.get("changes", {}).get(language),
        "open_until": None if open_until is None else before_text(calendar_of(notice), from_text(open_until), language),
        "by": None if due is None else before_text(calendar_of(notice), from_text(due), language),
        "person": joined([name for sub in people if (name := notice.people.get(sub))], language) or None,
        "thing": stated.label_text(accepted_thing(document), "", language) if "thing" in named else None,
        "attached": None if "attached" not in notice.event.fields else str(notice.event.fields["attached"]),
        "answer": stated.answer_on_notice(notice.event, language),
        "publication": stated.publication(document, language) if "publication" in named else None,
    }


def _of_subject(notice: MessageSource, subject: Event, language: str) -> dict[str, str | None]:
    """The values of `OF_SUBJECT`."""
    policy, document = notice.policy, notice.policy.document
    until, outcome = stated.due_time(policy, subject), stated.outcome(policy, subject)
    party, proposer = stated.party(subject, notice.reader), stated.actor(document, subject)
    act = stated.proposed_act(document, subject.fields.get("act", ""), subject.fields.get("task"))
    is_public = notice.reader == "complainant"
    due_clock = None if until is None else until.clock
    return {
        "until": None if until is None else before_text(until.calendar, until.at, language),
        "next": due_clock and stated.clock_name(document, due_clock, language, public=is_public),
        "outcome": None if outcome is None else stated.label_text(outcome, "", language),
        "missing": stated.missing(policy, subject, language),
        "kinds": stated.kinds(policy, subject, language),
        "party": None if party is None else stated.label_text(party, "", language),
        "act": None if act is None else inside(act, language),
        "proposer": None if proposer is None else inside(proposer, language),
    }


def _voided_acts(notice: MessageSource, language: str) -> dict[str, str | None]:
    """What was proposed and is void now, which the event that voided it does not name."""
    document, acts = notice.policy.document, notice.event.fields.get("proposed", [])
    labels = [label for act in acts if (label := stated.proposed_act(document, act)) is not None]
    return {"act": joined([inside(label, language) for label in labels], language)} if labels else {}


def _owed(notice: MessageSource, language: str) -> str | None:
    """What is to be done for the clock of the message: one of these tasks or steps. A task's own clock says it by its
    name."""
    document = notice.policy.document
    clock = document.clocks.get(notice.event.fields.get("clock", ""))
    if clock is None:
        return None
    if waits_for_approval(clock):
        return catalogue.words("stated", language)["approval"]
    names = [stated.label_text(one, "", language) for one in ending_tasks(document, clock)]
    names = names or [
        event_names(notice, [one], language) or one
        for one in ending_events(document, clock, notice.event.result["stage"])
    ]
    names = [notice.shown(name, language) for name in names]  # one by one: `领奖.中国或通知` is no address
    if len(names) < 2:
        return names[0] if names else None
    comma = "、" if language == "zh" else ", "
    return catalogue.words("stated", language)["either"].format(names=comma.join(names[:-1]), last=names[-1])
