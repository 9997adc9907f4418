"""What holds for every problem that the API answers: its texts are in the catalogue, its places in the request.

Any other text would reach a reader of Chinese in English. The client checks each answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, NamedTuple, get_args

import msgspec

from chalicelib.kit.decoding import fields_of, is_struct
from chalicelib.web import chinese
from chalicelib.web.contract import Contract
from chalicelib.web.strict_json import MAX_NAME_LENGTH, pointer_step

_OF_OPERATORS, _OF_POLICIES = "tenant-suspended", "policy-invalid"
"""Kinds with the words of an operator, and with faults of a policy, with another section of the catalogue."""
_BESIDE_THE_BODY = {"", "/query", "/headers", "/notice"}
"""`/notice`: a text of the notice that is to be approved. It is not in the request."""
_ANY, _ABSENT = Any, object()


class Asked(NamedTuple):
    """A request: its body as JSON, or bytes, and the contract of its route, if it has one."""

    body: Any
    contract: Contract | None


def check(problem: Mapping[str, Any], language: str | None, asked: Asked) -> None:
    """`problem`: the body of the answer in this language."""
    kind = str(problem["type"]).rpartition("/")[2]
    unknown = [text for text in _texts(kind, problem) if not _is_known(text)] if language == "en" else []
    assert not unknown, f"without a Chinese text: {unknown}"
    elsewhere = [place for place in _places(problem) if not _is_in(asked, place)] if kind != _OF_POLICIES else []
    assert not elsewhere, f"not in the request: {elsewhere}"


def _is_in(asked: Asked, place: str) -> bool:
    """Each step leads to a member of the body, or names one that it lacks."""
    if asked.contract is None or isinstance(asked.body, bytes):
        return True
    steps = place.split("/")[1:]
    if "/".join(place.split("/")[:2]) in _BESIDE_THE_BODY:
        return True
    return _leads(steps, asked.contract.request, {} if asked.body is None else asked.body)


def _leads(steps: Sequence[str], kind: Any, given: Any) -> bool:
    """`kind`: the declared type of `given`, which is `_ABSENT` below a member that the body lacks or has as null."""
    if not steps:
        return True
    given = _ABSENT if given is None else given
    if isinstance(given, list):
        known = steps[0].isdigit() and int(steps[0]) < len(given)
        return known and _leads(steps[1:], _ANY, given[int(steps[0])])
    if given is not _ABSENT and not isinstance(given, dict):
        return False
    structs = [one for one in (kind, *get_args(kind)) if is_struct(one)]
    members = _members(*structs)
    value = _ABSENT if given is _ABSENT else _value_at(steps[0], given)
    if structs and steps[0] not in members and value is _ABSENT:
        return False
    return _leads(steps[1:], members.get(steps[0], _ANY), value)


@cache
def _members(*structs: type[msgspec.Struct]) -> dict[str, Any]:
    """The types of their members, by pointer step."""
    return {pointer_step(one.encode_name): one.type for struct in structs for one in fields_of(struct)}


def _value_at(step: str, given: Mapping[str, Any]) -> Any:
    """The value of the member, or `_ABSENT`. Only long names are compared with the step, which has them cut."""
    name = step.replace("~1", "/").replace("~0", "~")
    long = (value for key, value in given.items() if len(key) > MAX_NAME_LENGTH and pointer_step(key) == step)
    return given[name] if name in given else next(long, _ABSENT)


def _texts(kind: str, problem: Mapping[str, Any]) -> Iterator[str]:
    if kind != _OF_OPERATORS:
        yield problem["detail"]
    if kind != _OF_POLICIES:
        yield from (error["detail"] for error in problem.get("errors", ()) if "detail_zh" not in error)


def _places(problem: Mapping[str, Any]) -> list[str]:
    return [error["pointer"] for error in problem.get("errors", ())]


def _is_known(text: str) -> bool:
    found = text in chinese.texts() or _with_values().fullmatch(text) is not None
    return found or chinese.translate_foreign(text) != text


@cache
def _with_values() -> re.Pattern[str]:
    """Matches the texts that contain values."""
    forms = ("".join(_form(template)) for template in chinese.texts() if "{" in template)
    return re.compile("|".join(forms), re.DOTALL)


def _form(template: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(template):
        yield re.escape(literal)
        yield "" if name is None else ".*"
