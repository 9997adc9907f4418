"""The form of a program account, what is wrong with it, and the page that shows it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from chalicelib.features.programs.pages.accounts import grant_text, shown_account
from chalicelib.kit.instants import from_instant
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.membership import ProgramAccount, StoredGrant
from chalicelib.tenants.people.program_accounts import MOST_KEYS
from chalicelib.web import languages
from chalicelib.web.call import Reply
from chalicelib.web.openapi import localized
from chalicelib.web.pages.answers import Answers, read
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.inputs import Input, InputFault, Option, faults_at, in_order
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.times import zone_name

_WHOLE = "-"
"""In place of a unit, for a role in the whole organisation."""
_LONGEST_NAME = 120
_IN_WORDS = ("limit-reached", "conflict", "idempotency-key-reused")
"""Problems of the form as a whole: the page says them above it, with the status of the API."""


class FormOfAccount(NamedTuple):
    """`account`: None for a new one. `operations`: those that can be given, by operation id, in one English line."""

    desk: Desk
    account: ProgramAccount | None
    operations: Mapping[str, str]


def document(form: FormOfAccount, given: Answers) -> dict[str, Any]:
    """What was entered, as the API takes it."""
    zone = form.desk.member.policy.calendar.zone
    asked = [_grant(text) for text in given.all("grants")]
    if given.one("role"):
        asked.append(_grant(f"{given.one('role')}/{given.one('unit') or _WHOLE}"))
    until = {"until": read("time", given.all("until"), zone)} if given.one("until") else {}
    return {"name": given.one("name"), "grants": asked, "operations": given.all("operations"), **until}


def refused(form: FormOfAccount, given: Answers, problem: Problem) -> Reply:
    """The form as it was sent, with what is wrong. Raises other problems again."""
    reader = form.desk.reader
    if problem.kind in _IN_WORDS:
        said = InputFault("name", languages.say(problem.text, reader.language))
        typed = given if given.one("go") == "save" else None
        return shown(form, typed, faults=[said], status=409)
    asked = inputs(form)
    found = faults_at(asked, problem.places, given, reader)
    if not found:
        raise problem
    return shown(form, given, faults=in_order(found, asked), status=422)


def shown(
    form: FormOfAccount,
    given: Answers | None = None,
    *,
    faults: Sequence[InputFault] = (),
    status: int = 200,
    told: str = "",
) -> Reply:
    desk, asked = form.desk, inputs(form)
    values = {
        "account": None if form.account is None else shown_account(desk, form.account),
        "inputs": {one.name: one for one in asked},
        "answers": _answers(form) if given is None else given,
        "roles": _roles(desk),
        "units": [Option(name, unit.name) for name, unit in sorted(desk.member.org.units.items())],
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
        "zone": zone_name(desk.member.policy.calendar, desk.reader),
        "most": MOST_KEYS,
        "keys": [str(uuid.uuid4()) for _ in range(3 + MOST_KEYS)],
        "told": told,
    }
    return desk.page("programs/account.html", values, status=status)


def _answers(form: FormOfAccount) -> Answers:
    """The account as it is."""
    account = form.account
    if account is None:
        return Answers({})
    until = ""
    if account.until is not None:
        zone = form.desk.member.policy.calendar.zone
        until = _local(from_instant(account.until).astimezone(zone))
    return Answers(
        {
            "name": [account.name],
            "grants": [_value(one) for one in account.grants],
            "operations": account.operations,
            "until": [until],
        }
    )


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def inputs(form: FormOfAccount) -> list[Input]:
    reader, language = form.desk.reader, form.desk.reader.language

    def of(name: str, kind: str, **more: Any) -> Input:
        found = {"pointer": f"/{name}", "label": reader.text(f"accounts.{name}"), "required": True, **more}
        return Input(name=name, kind=kind, **found)

    offered = [
        Option(name, f"{localized.say(summary, language)} · {name}")
        for name, summary in sorted(form.operations.items())
    ]
    return [
        of("name", "line", most=_LONGEST_NAME),
        of("grants", "several", options=_grants(form)),
        of("operations", "several", options=offered),
        of("until", "line", type="datetime-local", required=False, most=0),
    ]


def _roles(desk: Desk) -> list[Option]:
    labels = labels_of(desk)
    return [Option(role, labels.role(role)) for role in desk.member.policy.document.people]


def _grants(form: FormOfAccount) -> list[Option]:
    """Each role for the whole organisation, and those for a unit that the account has."""
    roles = [StoredGrant(one.value) for one in _roles(form.desk)]
    has = [] if form.account is None else form.account.grants
    return [Option(_value(one), grant_text(form.desk, one)) for one in dict.fromkeys([*roles, *has])]


def _value(grant: StoredGrant) -> str:
    return f"{grant.role}/{grant.unit or _WHOLE}"


def _grant(text: str) -> dict[str, str]:
    role, _, unit = text.partition("/")
    return {"role": role} if unit in ("", _WHOLE) else {"role": role, "unit": unit}
