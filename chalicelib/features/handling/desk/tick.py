"""Ticks off a line of the checklist with one click on the page of the complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.handling import act as use_case
from chalicelib.features.handling.act import ActCommand
from chalicelib.features.handling.desk.act_page import once
from chalicelib.features.handling.desk.reading import TICK
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import CASE, case_reader, desk_form
from chalicelib.web.pages.reader import CaseQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_CHANGED = ("invalid", "act-not-open", "conflict", "idempotency-key-reused")


def register(api: Api) -> None:
    @desk_form(api, CASE + "/tick", "Tick off a line of the checklist", query=CaseQuery)
    def post_desk_tick(call: Call) -> Reply:
        """Without a version: what others did meanwhile does not matter for a tick."""
        tenant, number, given = tenant_of(call), call.params["number"], Answers(call.body)
        command = ActCommand(
            tenant=tenant,
            number=number,
            credential=credential_of(call),
            act=TICK,
            fields={"item": given.one("item")},
            request=once(call, given),
            if_match=None,
            now=call.now,
        )
        told = "ticked"
        try:
            use_case.act(call.wiring, command)
        except Problem as problem:
            if problem.kind not in _CHANGED:
                raise
            told = "changed"
        return see_other(case_reader(call).link(CASE.format(tenant=tenant, number=number), told=told) + "#guidance")
