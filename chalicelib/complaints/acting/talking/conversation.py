"""The conversation of complainant and office: built-in acts while the case is open. They change no stage.

`write` of the complainant, `inform` of a member, `correct` of contact details, and `lack_evidence`, which ends the time
of a demand. What is written has the confidentiality class `complainant`: the complainant reads it, and members who may
see who the complainant is. Respondents never do.
"""

from __future__ import annotations

from chalicelib.complaints.acting import demands
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.applying import contact
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.complaints.rights.confidentiality import IDENTITY, who_sees_complainant
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant, covering_grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Choice, Fact
from chalicelib.policy.language.parts import Label

MOST_FILES = 10
"""Attachments of one message."""
MESSAGE, FILES, ASKS, DEMAND = "message", "files", "asks", "demand"
_TEXT = FieldSpec(MESSAGE, "text", True, fact=Fact(name=Label(zh="内容", en="Message"), holder="complainant"))
_FILES = FieldSpec(FILES, "references", False, fact=Fact(name=Label(zh="附件", en="Attachments"), holder="complainant"))
_ASKS = FieldSpec(
    ASKS,
    "choice",
    False,
    ("yes",),
    Fact(
        name=Label(zh="请投诉人答复", en="Ask for an answer"),
        kind="choice",
        choices={"yes": Choice(zh="请投诉人答复这条消息", en="The complainant is asked to answer this message")},
    ),
)
WRITTEN = (_TEXT, _FILES)
INFORMED = (_TEXT, _ASKS, _FILES)
REPLACED = "address_replaced"
"""The wording of the mail to an address that another one replaced."""


def is_going_on(policy: Policy, complaint: Complaint) -> bool:
    """False once the case has ended, by a stage without acts or by an event such as `closed` that was not undone."""
    stage = policy.document.stages.get(complaint.stage)
    ended = {"closed", "archived"} & complaint.seen.keys()
    return stage is not None and not stage.is_end and not ended and complaint.erased_at is None


def can_write(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _party(asker) is not None and is_going_on(policy, complaint)


def write(asked: Requested) -> None:
    """Adds `written`, and tells the people who handle the case."""
    grant = _require_party(asked)
    about = asked.add(grant, _said(asked, WRITTEN))
    _tell_office(asked, about, "written")


def can_inform(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _member(policy, complaint, asker) is not None and is_going_on(policy, complaint)


def inform(asked: Requested) -> None:
    """Adds `informed`, and tells the complainant, whose message encloses the text."""
    policy, complaint = asked.flow.policy, asked.flow.complaint
    grant = _member(policy, complaint, asked.asker)
    if grant is None:
        raise Problem("forbidden", "Only members who may see who the complainant is may write to them.")
    _require_open(asked)
    found = _said(asked, INFORMED)
    about = asked.add(grant, found)
    files = found.private[IDENTITY].get(FILES, [])
    attached = {"attached": len(files)} if files else {}
    wording = "asked" if found.public.get(ASKS) == "yes" else "informed"
    asked.flow.notify(
        [COMPLAINANT.kind], about=about, at=asked.now, wording=wording, due=None, encloses=[MESSAGE], **attached
    )


def _said(asked: Requested, specs: tuple[FieldSpec, ...]) -> CheckedFields:
    found = asked.checked(*specs)
    if len(found.private[IDENTITY].get(FILES, [])) > MOST_FILES:
        why = Text("must have 1 to {most} entries", most=MOST_FILES)
        raise _invalid([Place(f"/fields/{FILES}", why)])
    return found


def can_correct(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return can_write(policy, complaint, asker) and bool(contact.facts(policy.document))


def correct_form(policy: Policy, _complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    """The facts by which the complainant is reached. What a request leaves out stays as it is."""
    facts = policy.document.intake.facts
    return [FieldSpec(name, facts[name].kind, False, fact=facts[name]) for name in contact.facts(policy.document)]


def correct_keys(policy: Policy) -> frozenset[str]:
    return frozenset(contact.facts(policy.document))


def correct(asked: Requested) -> None:
    """Adds `corrected`. Messages go to the new address from now on, and the former one is told that it was replaced."""
    flow, before = asked.flow, asked.flow.complaint
    grant = _require_party(asked)
    specs = correct_form(flow.policy, before, asked.asker)
    found = asked.checked(*specs)
    given = found.private.get(IDENTITY, {})
    if not given:
        places = [Place(f"/fields/{one.name}", "is required: one of these") for one in specs]
        raise _invalid(places)
    if wrong := contact.unusable(flow.policy.document, given):
        places = [Place(f"/fields/{name}", "must be a telephone number or an e-mail address") for name in wrong]
        raise _invalid(places)
    about = asked.add(grant, found)
    _tell_office(asked, about, "corrected")
    former = before.contact.get(contact.MAIL, 1)
    is_new = flow.complaint.contact.get(contact.MAIL) != former
    if flow.former is not None and is_new and flow.former.is_replaced_by(given):
        flow.notify(
            [COMPLAINANT.kind], about=about, at=asked.now, wording=REPLACED, due=None, address=former, replaced=True
        )


def can_lack_evidence(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return can_write(policy, complaint, asker) and bool(_own_demands(complaint))


def lack_form(policy: Policy, complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    """The open demands to the complainant, each by the kinds of evidence that it asks for."""
    choices = {name: _demanded(policy, kinds) for name, kinds in _own_demands(complaint).items()}
    name = Label(zh="要求提供的证据", en="Evidence that was asked for")
    fact = Fact(name=name, kind="choice", choices=choices)
    return [FieldSpec(DEMAND, "choice", len(choices) > 1, tuple(choices), fact)]


def lack_keys(_policy: Policy) -> frozenset[str]:
    return frozenset({DEMAND})


def lack_evidence(asked: Requested) -> None:
    """Adds `evidence_lacking`, and ends the time of the demand: there is nothing to wait for.

    A demand without a time stays open: what waits for its evidence are clocks of the policy, which say what follows.
    """
    flow, complaint = asked.flow, asked.flow.complaint
    grant = _require_party(asked)
    known = _own_demands(complaint)
    if not known:
        raise Problem("act-not-open", "No evidence is demanded of the complainant.", extra={"acts": []})
    found = asked.checked(*lack_form(flow.policy, complaint, asked.asker))
    found.public.setdefault(DEMAND, next(iter(known)))
    about = asked.add(grant, found)
    key = found.public[DEMAND].rpartition("/")[2]
    if complaint.demands[key].due is None:
        _tell_office(asked, about, "evidence_lacking")
    else:
        demands.end_without(flow, key, complaint.demands[key], asked.now, about)


def _own_demands(complaint: Complaint) -> dict[str, list[str]]:
    """By id, the kinds of the open demands to the complainant."""
    return {
        f"{complaint.number}/{key}": one.kinds
        for key, one in complaint.demands.items()
        if one.of == COMPLAINANT.kind and not one.recorded and not one.over
    }


def _demanded(policy: Policy, kinds: list[str]) -> Choice:
    known = policy.document.intake.evidence
    names = [known[kind].name for kind in kinds if kind in known]
    if not names:
        return Choice(zh="证据", en="Evidence")
    return Choice(zh="、".join(one.zh for one in names), en=", ".join(one.en for one in names))


def _invalid(places: list[Place]) -> Problem:
    return Problem("invalid", "Some values are missing or not of the kind that is needed.", places=places)


def _party(asker: Asker) -> Grant | None:
    """The grant of the complainant, or of a member who records the act for them."""
    return next((grant for grant in asker.grants if grant.role == COMPLAINANT.kind), None)


def _member(policy: Policy, complaint: Complaint, asker: Asker) -> Grant | None:
    seeing = None if asker.behalf is not None else who_sees_complainant(policy, complaint, asker)
    return None if seeing is None else covering_grant(seeing, complaint.unit)


def _require_party(asked: Requested) -> Grant:
    grant = _party(asked.asker)
    if grant is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    _require_open(asked)
    return grant


def _require_open(asked: Requested) -> None:
    if not is_going_on(asked.flow.policy, asked.flow.complaint):
        extra = {"stage": asked.flow.complaint.stage, "acts": []}
        raise Problem("act-not-open", "The complaint has ended.", extra=extra)


def _tell_office(asked: Requested, about: str, wording: str) -> None:
    """The assigned people; without them, those of the present tier."""
    from chalicelib.complaints.acting import alarms  # few requests write

    assigned = sorted({f"@{sub}" for subs in asked.flow.complaint.assigned.values() for sub in subs})
    to = [one for one in assigned if one != f"@{asked.asker.id}"] or alarms.recipients(asked.flow)
    asked.flow.notify(to, about=about, at=asked.now, wording=wording, due=None)
