"""What is to be published about the complaint, for its complainant to agree to."""

from __future__ import annotations

import uuid

import msgspec

from chalicelib.features.register.acts.case_notices import CaseNotice
from chalicelib.features.register.pages.view import value_of
from chalicelib.policy.language.publicity import Audience
from chalicelib.web.pages.reader import Reader

ANSWERS = ("consent", "withdraw_consent")


class ProposalRow(msgspec.Struct, frozen=True):
    """`before`: the former value of a changed text, empty for one that was added."""

    label: str
    before: str
    now: str


class ShownProposal(msgspec.Struct, frozen=True, kw_only=True):
    """`changed`: whether the complainant is asked about a changed text. `answers`: those of `ANSWERS` that are open."""

    id: str
    sha256: str
    rows: list[ProposalRow]
    audience: Audience
    changed: bool
    answers: list[str]
    key: str


def proposals(found: list[CaseNotice], reader: Reader) -> list[ShownProposal]:
    """The notices that the complainant can answer."""
    return [_proposal(one, reader) for one in found if not {*ANSWERS}.isdisjoint(one.acts)]


def _proposal(notice: CaseNotice, reader: Reader) -> ShownProposal:
    former = {field.name: value_of(field, reader) for field in notice.before or ()}
    return ShownProposal(
        id=notice.id,
        sha256=notice.sha256,
        rows=[
            ProposalRow(reader.label(field.label, field.name), former.get(field.name, ""), value_of(field, reader))
            for field in notice.fields
        ],
        audience=notice.audience,
        changed=notice.before is not None,
        answers=[act for act in ANSWERS if act in notice.acts],
        key=str(uuid.uuid4()),
    )
