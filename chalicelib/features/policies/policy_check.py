"""Query: check a policy document without publishing it. Returns its faults and hints."""

from __future__ import annotations

import msgspec

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place
from chalicelib.ports.policy_source import Document
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring


class WordRewording(msgspec.Struct, frozen=True):
    """At `line` and `column`, both from 1, `instead` takes the place of `word`."""

    line: int
    column: int
    word: str
    instead: str


class FaultView(msgspec.Struct, frozen=True, kw_only=True):
    """A fault or a hint of a policy, and how to correct it. `line` and `column` are set if the policy is YAML text and
    the place is known, `rewording` if a word of the text is probably another one."""

    pointer: str
    detail: str
    detail_zh: str
    mend: str
    mend_zh: str
    line: int | msgspec.UnsetType = msgspec.UNSET
    column: int | msgspec.UnsetType = msgspec.UNSET
    rewording: WordRewording | msgspec.UnsetType = msgspec.UNSET


def fault_view(place: Place) -> FaultView:
    more = {**place.more, "detail_zh": str(place.more["detail_zh"])}
    return msgspec.convert({"pointer": place.pointer, "detail": place.detail, **more}, FaultView)


class PolicyCheckRequest(RequestDocument, frozen=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


class PolicyCheck(msgspec.Struct, frozen=True):
    """The policy is valid. `roles`: its roles. `hints`: what its author may not have meant; they block nothing."""

    roles: list[str]
    ok: bool = True
    hints: list[FaultView] = []


def check_policy(wiring: Wiring, request: MemberRequest, payload: PolicyCheckRequest) -> PolicyCheck:
    """Raises `Problem`: `forbidden` if the caller is no member, `policy-invalid` with all faults."""
    queries.load_member(wiring.store, request.tenant, request.sub)
    prepared = wiring.policies.prepare(payload.policy)
    return PolicyCheck(prepared.roles, hints=[fault_view(hint) for hint in prepared.hints])
