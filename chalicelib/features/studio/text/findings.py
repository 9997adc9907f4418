"""What the check of a policy's text finds, in the reader's language: faults and hints, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.features.policies import policy_check
from chalicelib.features.policies.policy_check import PolicyCheckRequest, WordRewording
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.web import languages
from chalicelib.wiring import Wiring


class TextFinding(msgspec.Struct, frozen=True, kw_only=True):
    """`hint`: it blocks nothing. `pointer`: of the place in the document. `line`, `column`: from 1, if known."""

    hint: bool
    pointer: str
    detail: str
    mend: str
    line: int | None = None
    column: int | None = None
    rewording: WordRewording | None = None


def of_text(wiring: Wiring, request: MemberRequest, text: str, language: str) -> list[TextFinding]:
    """In the order of the text. Raises `Problem("forbidden")` if the caller is no member."""
    return sorted(_found(wiring, request, text, language), key=lambda one: (one.line or 0, one.column or 0))


def _found(wiring: Wiring, request: MemberRequest, text: str, language: str) -> Iterator[TextFinding]:
    try:
        checked = policy_check.check_policy(wiring, request, PolicyCheckRequest(policy=text))
    except Problem as problem:
        if problem.kind != "policy-invalid":
            raise
        yield from (_finding(languages.place_json(one, language), hint=False) for one in problem.places)
        return
    for hint in checked.hints:
        said = msgspec.to_builtins(hint)
        in_chinese = {"detail": said["detail_zh"], "mend": said["mend_zh"]}
        yield _finding({**said, **(in_chinese if language == languages.CHINESE else {})}, hint=True)


def _finding(said: dict[str, Any], *, hint: bool) -> TextFinding:
    pointer = said["pointer"].removeprefix("/policy")
    return msgspec.convert({**said, "pointer": pointer, "hint": hint}, TextFinding)
