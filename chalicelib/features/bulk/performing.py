"""How an act is tried and done on one complaint of a bulk: by the use cases of the act itself."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.casework.authorization import Credential
from chalicelib.casework.composing.bulk_act import BulkAct, Performer
from chalicelib.complaints.acting.act_hooks import ACTS
from chalicelib.composition import FEATURES
from chalicelib.features.bulk.lines import CaseLine, refusal
from chalicelib.features.handling import act, dry_run
from chalicelib.features.handling.act import ActCommand
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.tenants.idempotency_records import Request
from chalicelib.wiring import Wiring


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
        text_blocks=asked.text_blocks,
        filled_in=asked.language,
    )


def _try_act(wiring: Wiring, asked: BulkAct, number: str) -> str:
    found = dry_run.dry_run(wiring, _command(asked, number, None, None))
    stage = found.would.stage
    if found.would.closes or stage.before.stage != stage.after.stage:
        raise Problem("act-not-open", "Here the act would move the complaint to another stage. Do it on its own page.")
    return found.version


def _do_act(wiring: Wiring, asked: BulkAct, number: str, version: str) -> object:
    return act.act(wiring, _command(asked, number, asked.request(number), version))


PERFORMERS: Mapping[str, Performer] = {
    **{name: Performer(_try_act, _do_act) for name, hooks in ACTS.items() if hooks.in_bulk},
    **{name: feature.load(place) for feature in FEATURES for name, place in feature.bulk_acts.items()},
}
"""By act."""


def takes_texts(name: str) -> bool:
    """Whether it is an act of a policy, whose texts can be made from text blocks."""
    return not PERFORMERS[name].label


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
