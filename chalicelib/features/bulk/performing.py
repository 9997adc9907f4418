"""How an act is tried and done on one complaint of a bulk: by the use cases of the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.complaints.acting.act_hooks import ACTS
from chalicelib.features.bulk.lines import CaseLine, refusal
from chalicelib.features.handling import act, dry_run
from chalicelib.features.handling.act import ActCommand
from chalicelib.features.switching import switch_policy
from chalicelib.features.switching.switch_policy import SwitchFields, SwitchPolicy
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.tenants.idempotency_records import Request
from chalicelib.wiring import Wiring

SWITCH = "switch"


class BulkAct(NamedTuple):
    """The act as the person has asked for it, on any complaint. `job`: of the bulk that does it."""

    tenant: str
    sub: str
    act: str
    fields: Mapping[str, Any]
    job: str
    now: Instant

    def request(self, number: str) -> Request:
        """A step that is repeated after a crash acts once on each complaint."""
        digest = canonical.digest([self.act, number])
        return Request(
            tenant=self.tenant, principal=self.sub, source="bulk", key=f"{self.job}/{number}", body_hash=digest
        )


class Performer(NamedTuple):
    """`tries` returns the version of the complaint on which the act can be done. `does`: on that version only. Both
    raise `Problem`."""

    tries: Callable[[Wiring, BulkAct, str], str]
    does: Callable[[Wiring, BulkAct, str, str], object]


def _command(asked: BulkAct, number: str, request: Request | None, if_match: str | None) -> ActCommand:
    return ActCommand(
        tenant=asked.tenant,
        number=number,
        credential=Credential(sub=asked.sub),
        act=asked.act,
        fields=asked.fields,
        request=request,
        if_match=if_match,
        now=asked.now,
    )


def _try_act(wiring: Wiring, asked: BulkAct, number: str) -> str:
    found = dry_run.dry_run(wiring, _command(asked, number, None, None))
    stage = found.would.stage
    if found.would.closes or stage.before.stage != stage.after.stage:
        raise Problem("act-not-open", "Here the act would move the complaint to another stage. Do it on its own page.")
    return found.version


def _do_act(wiring: Wiring, asked: BulkAct, number: str, version: str) -> object:
    return act.act(wiring, _command(asked, number, asked.request(number), version))


def _switch(asked: BulkAct, number: str, version: str | None) -> SwitchPolicy:
    try:
        fields = msgspec.convert(dict(asked.fields), SwitchFields)
    except msgspec.ValidationError:
        raise Problem("invalid", "These are not the fields of a switch to another policy version.") from None
    return SwitchPolicy(
        tenant=asked.tenant,
        number=number,
        sub=asked.sub,
        terms=fields.terms,
        to=fields.to,
        dry_run=version is None,
        request=None if version is None else asked.request(number),
        if_match=version,
        now=asked.now,
    )


def _why_kept(reason: str) -> str:
    """`reason`: for which the version stays."""
    if reason == "current":
        return "The complaint has this policy version already."
    if reason == "breaches":
        return "The switch would miss deadlines of the complaint at once."
    return "The complaint keeps its policy version."


def _try_switch(wiring: Wiring, asked: BulkAct, number: str) -> str:
    """The version that the complaint has now: the answer has the one after the switch."""
    command = _switch(asked, number, None)
    version = str(act.load(wiring, _command(asked, number, None, None))[0].version)
    kept = switch_policy.switch(wiring, command).body["kept"]
    if kept is not None:
        raise Problem("conflict", _why_kept(kept))
    return version


def _do_switch(wiring: Wiring, asked: BulkAct, number: str, version: str) -> object:
    return switch_policy.switch(wiring, _switch(asked, number, version))


PERFORMERS: Mapping[str, Performer] = {
    **{name: Performer(_try_act, _do_act) for name, hooks in ACTS.items() if hooks.in_bulk},
    SWITCH: Performer(_try_switch, _do_switch),
}
"""By act. A switch is the owners', and no act of a policy."""


def check_act(name: str) -> None:
    """Raises `Problem("invalid")` for an act that cannot be done on many complaints at once."""
    if name not in PERFORMERS:
        place = Place("/act", Text("must be one of: {known}", known=", ".join(PERFORMERS)))
        raise Problem("invalid", "This act cannot be done on many complaints at once.", places=[place])


def tried(wiring: Wiring, asked: BulkAct, number: str) -> CaseLine:
    try:
        version = PERFORMERS[asked.act].tries(wiring, asked, number)
    except Problem as problem:
        return refusal(number, problem)
    return CaseLine(number=number, outcome="possible", version=version)


def done(wiring: Wiring, asked: BulkAct, line: CaseLine) -> CaseLine:
    """What the dry run found possible is done if the complaint is as it was then. What it refused stays refused."""
    if line.outcome != "possible":
        return line
    try:
        PERFORMERS[asked.act].does(wiring, asked, line.number, line.version)
    except Problem as problem:
        return refusal(line.number, problem, "changed" if problem.kind in ("stale", "conflict") else "refused")
    return CaseLine(number=line.number, outcome="done", version=line.version)
