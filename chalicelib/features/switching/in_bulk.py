"""Move chosen complaints to a newer policy version, as an act on many complaints."""

from __future__ import annotations

import msgspec

from chalicelib.casework.composing.bulk_act import BulkAct, Performer
from chalicelib.casework.loading import load
from chalicelib.features.switching import switch_policy
from chalicelib.features.switching.switch_policy import SwitchFields, SwitchPolicy
from chalicelib.kit.problem import Problem
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring


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
    kept = switch_policy.switch(wiring, command).body["kept"]
    if kept is not None:
        raise Problem("conflict", _why_kept(kept))
    return str(load(wiring.store, wiring.compiled, CaseRef(asked.tenant, number)).version)


def _do_switch(wiring: Wiring, asked: BulkAct, number: str, version: str) -> object:
    return switch_policy.switch(wiring, _switch(asked, number, version))


PERFORMER = Performer(_try_switch, _do_switch, "bulk_act.switch")
