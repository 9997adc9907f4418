"""Where no mail reached the complainant: the task `telephone`, the act `attempt`, and mails that came back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.contact import MAIL, email_fields
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.reaching import BOUNCES_WITHIN, RETURNED, is_awaited
from chalicelib.complaints.envelope import SYSTEM, Event, Occurrence
from chalicelib.complaints.fields import FieldSpec
from chalicelib.complaints.rights.permits import Asker, Grant, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.facts import BY, REACHED_OR_NOT, WAYS_OF_ATTEMPTS
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _grant(policy, complaint, asker) is not None


def form(policy: Policy, _complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    """With the complainant's e-mail address, for which staff ask them, so that the next message reaches them."""
    return [
        FieldSpec(BY, "choice", True, WAYS_OF_ATTEMPTS),
        FieldSpec(REACHED, "choice", True, REACHED_OR_NOT),
        *_address(policy),
    ]


def keys(policy: Policy) -> frozenset[str]:
    return frozenset({BY, REACHED, *(one.name for one in _address(policy))})


def attempt(asked: Requested) -> None:
    """Adds `attempted`, and what follows. Raises `Problem` (act-not-open, forbidden, invalid)."""
    flow, complaint, now = asked.flow, asked.flow.complaint, asked.now
    if not is_awaited(complaint):
        raise Problem("act-not-open", "Nothing waits for the complainant to be reached.", extra={"acts": []})
    grant = _grant(flow.policy, complaint, asked.asker)
    if grant is None:
        raise Problem("forbidden", "This task is not yours to do.")
    name = asked.request.act
    found = asked.checked(*form(flow.policy, complaint, asked.asker))
    occurrence = Occurrence(now, asked.asker.actor(grant), act=name)
    flow.add(EVENT_OF_ACT[name], occurrence, found.event_fields(), secrets=found.private)
    settle(flow, now)


def _grant(policy: Policy, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant for the task, while it is open and a run waits."""
    roles = [task.role for task in complaint.tasks.values() if task.task == policy.reach_task]
    if asker.behalf is not None or not roles or not is_awaited(complaint):
        return None
    return role_grant(asker, roles, complaint.unit)


def _address(policy: Policy) -> Iterator[FieldSpec]:
    """The first fact that holds the complainant's e-mail address, if the policy has one."""
    for name in email_fields(policy.document, policy.document.intake.facts):
        fact = policy.document.intake.facts[name]
        yield FieldSpec(name, fact.kind, False, fact=fact)
        return


def settle(flow: Flow, at: Instant) -> None:
    """Opens the task `telephone` if a run waits for an attempt, and ends it if none does any more."""
    if not flow.policy.reach:
        return
    complaint, name = flow.complaint, flow.policy.reach_task
    opened = [key for key, task in complaint.tasks.items() if task.task == name]
    if is_awaited(complaint) and not opened:
        consequences.open_task(flow, name, None, at)()
    elif opened and not is_awaited(complaint) and _opens_by_itself(flow):
        for key in opened:
            done = {"task": name, "opened": f"{complaint.number}/{key}"}
            flow.add("task_done", Occurrence(at, SYSTEM), done)


def _opens_by_itself(flow: Flow) -> bool:
    """False if other events of the policy open the task too: then it is done only by people."""
    return not flow.policy.document.tasks[flow.policy.reach_task].on


class ReturnedMail(NamedTuple):
    """A mail to the complainant that did not reach them. `notice`: the event that it tells."""

    notice: Event
    kind: str
    is_final: bool
    """True if no further mail will reach the address."""

    @property
    def about(self) -> str:
        about: str = self.notice.fields["about"]
        return about

    @property
    def address(self) -> int:
        """The number of the event that gave the address."""
        number: int = self.notice.fields.get("address", 1)
        return number


def take_back(flow: Flow, mail: ReturnedMail, at: Instant) -> bool:
    """Adds `returned` if the mail takes something back, or shows that the address does not work. False without it."""
    complaint = flow.complaint
    recent = [one for one in complaint.reaching if one.mailed and one.about == mail.about]
    is_wrong = mail.is_final and complaint.contact.get(MAIL) == mail.address
    if not is_wrong and not any(at <= one.at + BOUNCES_WITHIN for one in recent):
        return False
    contact = {**complaint.contact, MAIL: 0} if is_wrong else None
    fields = {"mail": mail.notice.id, "of": mail.about, "kind": mail.kind}
    flow.add(RETURNED, Occurrence(at, SYSTEM), fields, contact=contact)
    settle(flow, at)
    return True
