"""The pages on which an organisation signs up: the procedures, its name and address, and what comes next.

A ready-made procedure is shown with its stages in order, the acts that lead on, and the deadlines.
"""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.organisations import sign_up
from chalicelib.features.organisations.pages.promises import Promise, promises
from chalicelib.features.policies import preset_view
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import TIME
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.reading import parsing
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.credentials import source_hash
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, InputFault
from chalicelib.web.pages.reader import KeptQuery, Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form
from chalicelib.web.request_parts import KEY_PATTERN, decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class ListedProcedure(msgspec.Struct, frozen=True):
    """`summary`: how long it is and who works on complaints."""

    name: str
    title: str
    summary: str


class ProcedureStep(msgspec.Struct, frozen=True):
    """An act that leads to another stage, or to one of several. `by`: who does it."""

    act: str
    by: str
    to: str


class StageOfFlow(msgspec.Struct, frozen=True):
    name: str
    steps: list[ProcedureStep]


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    stages: list[StageOfFlow]
    promises: list[Promise]


def listed(name: str, reader: Reader) -> ListedProcedure:
    preset = preset_view.preset_view(name)
    summary = reader.text(
        "found.summary",
        stages=len(preset.policy["stages"]),
        people=_listed((reader.label(one) for one in preset.roles.values()), reader),
    )
    return ListedProcedure(name, reader.label(preset.name), summary)


def procedure(name: str, reader: Reader) -> Procedure:
    """Raises `Problem("not-found")` if there is no such preset."""
    policy = _compiled(name)
    document = policy.document
    return Procedure(
        name=name,
        title=reader.label(document.name.to_json()),
        stages=[
            StageOfFlow(_stage(document, stage, reader), list(_steps(document, stage, reader)))
            for stage in _in_order(document)
        ],
        promises=promises(policy, reader),
    )


@functools.cache
def _compiled(name: str) -> Policy:
    try:
        raw = presets.document(name)
    except KeyError:
        raise Problem("not-found", "No preset has this name.") from None
    return compile_policy(parsing.parse(raw), name)


def _in_order(document: PolicyDocument) -> list[str]:
    """The stages as a complaint reaches them, breadth first."""
    found = [document.intake.first]
    for stage in found:
        for act in document.stages[stage].acts.values():
            found += [target.stage for target in act.targets if target.stage not in (*found, "stage")]
    return [stage for stage in dict.fromkeys(found) if stage in document.stages]


def _steps(document: PolicyDocument, stage: str, reader: Reader) -> Iterator[ProcedureStep]:
    for name, act in document.stages[stage].acts.items():
        targets = dict.fromkeys(target.stage for target in act.targets if target.stage in document.stages)
        others = [_stage(document, target, reader) for target in targets if target != stage]
        if others:
            yield ProcedureStep(
                act=_act(document, name, act, reader),
                by=_listed((_role(document, one.role, reader) for one in act.by), reader),
                to=reader.text("found.or").join(others),
            )


def _act(document: PolicyDocument, name: str, act: Act, reader: Reader) -> str:
    """What time confirms is not approved of by a person."""
    event = EVENT_OF_ACT[name]
    if event == "confirmed" and all(one.role == TIME for one in act.by):
        return reader.text("case.confirmed")
    return reader.label(event_label(document, event).to_json(), name)


def _listed(names: Iterable[str], reader: Reader) -> str:
    return reader.text("found.listed").join(dict.fromkeys(names))


def _role(document: PolicyDocument, role: str, reader: Reader) -> str:
    if role in document.people:
        return reader.label(document.people[role].to_json(), role)
    return reader.text(f"role.{role}") if role in ("complainant", "respondent", "owner", "routed", "time") else role


def _stage(document: PolicyDocument, stage: str, reader: Reader) -> str:
    label = document.stages[stage].name
    return stage if label is None else reader.label(label.to_json(), stage)


_LENGTHS = {"name": 100, "id": 40, "email": 254}
_COMPLETED_AS = {"name": "organization", "email": "email"}


def inputs(reader: Reader) -> list[Input]:
    return [
        Input(
            name=name,
            pointer=f"/{name}",
            label=reader.text(f"found.{name}"),
            kind="line",
            required=True,
            type="email" if name == "email" else "text",
            autocomplete=_COMPLETED_AS.get(name, "off"),
            most=most,
        )
        for name, most in _LENGTHS.items()
    ]


def faults(problem: Problem, given: Answers, reader: Reader) -> list[InputFault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    if problem.kind == "tenant-taken":
        return [InputFault("id", reader.text("found.taken"))]
    wrong = {place.pointer for place in problem.places}
    found = [
        InputFault(
            one.name,
            reader.text(f"found.{one.name}_wrong") if given.one(one.name) else reader.text(f"found.{one.name}_missing"),
        )
        for one in inputs(reader)
        if one.pointer in wrong
    ]
    if not found:
        raise problem
    return found


_FOUND = "/sign-up/{preset}"


def register(api: Api) -> None:
    @get_page(api, "/sign-up", "The procedures from which an organisation chooses")
    def get_procedures_page(call: Call) -> Reply:
        reader = reader_of(call)
        found = [listed(name, reader) for name in presets.names()]
        return page("founding/procedures.html", reader, {"procedures": found})

    @get_page(api, _FOUND, "A procedure, with the form of the sign-up", query=KeptQuery)
    def get_founding_page(call: Call) -> Reply:
        kept = kept_forms.find(call, call.query.form, _path(call))
        if kept is None:
            return _page(call, Answers({}), [])
        return _page(call, kept.answers, kept.faults, kept.id) if kept.done is None else _told(call, kept.done)

    @post_form(api, _FOUND, "Sign an organisation up", own_only=False, weight=30)
    def post_founding(call: Call) -> Reply:
        given = Answers(call.body)
        try:
            return _found(call, given)
        except Problem as problem:
            refusal = problem
            return _refuse(call, given, lambda reader: faults(refusal, given, reader))


def _path(call: Call) -> str:
    return _FOUND.format(preset=call.params["preset"])


def _refuse(call: Call, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(call, _path(call), given, say, lasts=kept_forms.TOLD)
    return kept or _page(call, given, say(reader_of(call)))


def _page(call: Call, given: Answers, wrong: Sequence[InputFault], form: str = "") -> Reply:
    reader = reader_of(call)
    values = {
        "procedure": procedure(call.params["preset"], reader),
        "inputs": inputs(reader),
        "answers": given,
        "form": form,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
    }
    return page("founding/procedure.html", reader, values, status=422 if wrong else 200)


def _found(call: Call, given: Answers) -> Reply:
    reader = reader_of(call)
    asked = {name: given.one(name) for name in ("id", "name", "email")}
    others = {"preset": call.params["preset"], "language": reader.language, "opens": "by_owner"}
    payload = decode({**asked, **others}, sign_up.SignUp)
    key = given.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    request = Request(
        tenant=payload.id, principal="public", source=call.route_id, key=key, body_hash=canonical.digest(asked)
    )
    sign_up.sign_up(call.wiring, payload, request, call.now, source=source_hash(call, "sign-ups"))
    done = {"id": payload.id, "email": payload.email}
    return kept_forms.tell(call, _path(call), given.one("form"), done) or _told(call, done)


def _told(call: Call, done: Mapping[str, str]) -> Reply:
    """What comes next. `done`: the organisation's `id`, and the founder's `email`."""
    return page("founding/founded.html", reader_of(call), {**done, "address": call.wiring.address})
