"""The parts of a policy that say who may read: without a word of theirs, people would see more than the policy allows.

`published` reads no policy that lacks such a word. A release that adds a rule of this sort puts it into one of these
parts, or requires every reader to know it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

import msgspec

from chalicelib.kit.decoding import Path, fields_of, is_struct
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import EvidenceKind, Intake
from chalicelib.policy.language.model import Ledger, PolicyDocument, PrintedForm
from chalicelib.policy.language.parts import Confidentiality, LanguagePart
from chalicelib.policy.language.publicity import Publicity, Supervision

_ALL = None
_CONTAINERS = (dict, Mapping, list)
PARTS: Mapping[type[LanguagePart], frozenset[str] | None] = {
    Confidentiality: _ALL,
    Publicity: _ALL,
    Supervision: frozenset({"by"}),
    Fact: frozenset({"holder", "consent"}),
    Intake: frozenset({"phone", "email", "unit"}),
    EvidenceKind: frozenset({"shown_to"}),
    PrintedForm: frozenset({"by"}),
    Ledger: frozenset({"roles"}),
}
"""The members that say who may read, with all that they contain. An unknown member of these parts may say it too.

Of the intake: the facts that respondents read with masks, and whether there are respondents.
"""


def may_restrict(path: Path) -> bool:
    """Whether what a document has at this place, or would have if the place were known, may say who may read."""
    kinds: list[Any] = [PolicyDocument]
    for step in path:
        if any(_restricts(kind, step) for kind in kinds):
            return True
        kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return any(part in PARTS for kind in kinds for part in structs_in(kind))


def _restricts(kind: Any, step: str | int) -> bool:
    if kind not in PARTS:
        return False
    members = PARTS[kind]
    return members is _ALL or step in members or all(step != field.encode_name for field in fields_of(kind))


def _inside(kind: Any, step: str | int) -> Iterator[Any]:
    """The types, without unions, of a member of a struct, map or list."""
    if is_struct(kind):
        yield from (one for field in fields_of(kind) if field.encode_name == step for one in _alternatives(field.type))
    elif get_origin(kind) in _CONTAINERS:
        yield from _alternatives(get_args(kind)[-1])


def _alternatives(kind: Any) -> list[Any]:
    """A Literal's values are none."""
    inner = [] if get_origin(kind) in _CONTAINERS else [*filter(_is_type, get_args(kind))]
    return [one for part in inner for one in _alternatives(part)] or [kind]


def _is_type(kind: Any) -> bool:
    return isinstance(kind, type) or get_origin(kind) is not None


def structs_in(kind: Any) -> set[type[msgspec.Struct]]:
    """The structs that a value of a type may contain, itself included."""
    found, open_ = set[type[msgspec.Struct]](), _alternatives(kind)
    while open_:
        one = open_.pop()
        if is_struct(one) and one not in found:
            found.add(one)
            open_ += [inner for field in fields_of(one) for inner in _alternatives(field.type)]
        elif get_origin(one) in _CONTAINERS:
            open_ += _alternatives(get_args(one)[-1])
    return found
