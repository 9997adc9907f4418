"""Parses a policy document from plain values, and reports every structural fault at once.

Only documents that an author wrote are parsed here. A published document is in the full form already. The fault of an
unknown key says where the key belongs, if another part has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from itertools import chain, islice
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from chalicelib.kit.decoding import InvalidValue, fields_of, invalid_values, is_struct
from chalicelib.kit.problem import InBoth
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake, LimitationPart
from chalicelib.policy.language.model import AmendmentApproval, Ledger, PolicyDocument, Severity, Threshold, Tier
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.publicity import Inspection
from chalicelib.policy.language.stages import Act, Approval, NotificationRule, Stage
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS
from chalicelib.policy.language.vocabulary import COMPLAINT_CONDITIONS, LISTABLE_ACTS
from chalicelib.policy.reading import short_forms, source_paths
from chalicelib.policy.reading.example_short_forms import expand_example
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, Path, PolicyFault, shortened
from chalicelib.policy.worktime.calendars.document import CalendarDocument

_PARTS: Mapping[str, Any] = {
    "calendar": CalendarDocument,
    "tiers": Tier,
    "intake": Intake,
    "severity": Severity,
    "facts and fields": Fact,
    "acts": Act,
    "tells": NotificationRule,
    "clocks": Clock,
    "tasks": Task,
}
"""The parts that authors write most, as a policy names them."""


def parts_with(key: object) -> list[str]:
    """The parts that have the key; none for a key that has a meaning elsewhere too, such as `when` and `hours`."""
    if key in COMPLAINT_CONDITIONS:
        return []
    others = {struct for struct in _below(LanguagePart) if struct not in _PARTS.values()}
    if any(key in _keys(struct) for struct in others):
        return []
    return [part for part, struct in _PARTS.items() if key in _keys(struct)]


def _below(struct: type) -> Iterator[type]:
    children: list[type] = struct.__subclasses__()
    for one in children:
        yield one
        yield from _below(one)


def _keys(struct: Any) -> set[str]:
    return {field.encode_name for field in fields_of(struct)}


_KINDS: dict[Any, tuple[str, str]] = {
    str: ("text", "文字"),
    int: ("a whole number", "整数"),
    float: ("a number", "数字"),
    bool: ("true or false", "true 或 false"),
    list: ("a list", "列表"),
    dict: ("a map", "键值结构"),
}
_GIVEN = {
    "str": InBoth("it is a text", "现为文字"),
    "int": InBoth("it is a number", "现为数字"),
    "float": InBoth("it is a number", "现为数字"),
    "bool": InBoth("it is true or false", "现为 true 或 false"),
    "array": InBoth("it is a list", "现为列表"),
    "object": InBoth("it is a map", "现为键值结构"),
    "null": InBoth("it is empty", "现为空"),
}
"""What an author wrote, by msgspec's names of kinds."""
_OTHER_KIND = re.compile(r", got `(" + "|".join(_GIVEN) + ")`$")
_NO_CHOICE = re.compile(r"Invalid enum value '(.*)'")
_WITHOUT_BY = {
    Act: "act-without-actor",
    Approval: "approval-without-approver",
    AmendmentApproval: "publication-without-approver",
}
_ACT = ("stages", "a stage", "acts", "an act")
"""The path of an act in the full form."""
_EITHER = InBoth("en` or `zh", "en` 或 `zh")
"""A text has at least one of the two."""
_SHOWN_KEYS = 3
_LIMIT = ("one limit, such as `5 working days`", "一个期限，例如 `5 working days`")
_LIMIT_KEYS = frozenset(
    ("after", "delay", "due", "evidence_kept", "evidence_within", "limit", "most", "most_total", "window", "within")
)


def parse(raw: Mapping[str, Any]) -> PolicyDocument:
    """Expands the short forms and decodes the document.

    Raises `PolicyFault` with one fault for each value that is missing, unknown or of the wrong kind; the paths are
    those of the full form.
    """
    full = short_forms.expand_document(dict(raw))
    unknown = list(islice(_unknown_kinds(full), MAX_FAULTS))
    try:
        document = msgspec.convert(full, PolicyDocument)
    except msgspec.ValidationError as error:
        raise PolicyFault(list(islice(chain(unknown, _structure_faults(full)), MAX_FAULTS))) from error
    if unknown:
        raise PolicyFault(unknown)
    return document


def parse_example(raw: Mapping[str, Any]) -> Example:
    """As `parse`, for one example by itself. The paths of faults begin with those of the first example."""
    full = {"examples": [expand_example(raw)]}
    try:
        return msgspec.convert(full["examples"][0], Example)
    except msgspec.ValidationError as error:
        found = [fault for fault in _structure_faults(full) if fault.path[:1] == ("examples",)]
        raise PolicyFault(found[:MAX_FAULTS]) from error


def _unknown_kinds(full: Mapping[str, Any]) -> Iterator[Fault]:
    """Kinds of facts and fields without a row, which their type does not refuse."""
    choices = ", ".join(OF_DOCUMENTS)
    expected: dict[str, Any] = {"expected": f"one of: {choices}", "expected_zh": f"以下之一：{choices}"}
    for root in (("intake", "facts"), ("fields",)):
        for name, fact in reduce(_member, root, full).items():
            kind = fact.get("kind") if isinstance(fact, Mapping) else None
            if isinstance(kind, str) and kind not in OF_DOCUMENTS:
                where, known = (*root, name, "kind"), list(OF_DOCUMENTS)
                yield Fault(where, "wrong-kind", **expected, reason=_none_of_them(kind), name=kind, known=known)


def _member(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Empty if it is no map."""
    found = whole.get(name)
    return found if isinstance(found, Mapping) else {}


def _structure_faults(full: Mapping[str, Any]) -> Iterator[Fault]:
    seen = set()
    for wrong in invalid_values(full, PolicyDocument):
        fault = _unknown_act(wrong.path) or _fault(wrong, full)
        if fault.path not in seen:
            seen.add(fault.path)
            yield fault


def _unknown_act(path: Path) -> Fault | None:
    """What stands under a key of a stage that is no act is read as an act. The fault is the key."""
    if len(path) > len(_ACT) and (path[0], path[2]) == (_ACT[0], _ACT[2]) and path[3] not in LISTABLE_ACTS:
        return Fault(path[: len(_ACT)], "no-act-of-stage", name=path[3], known=sorted(LISTABLE_ACTS))
    return None


def _fault(wrong: InvalidValue, full: Mapping[str, Any]) -> Fault:
    if wrong.why == "unknown":
        return _unknown_key(wrong, full)
    if wrong.why == "missing":
        name = str(wrong.path[-1])
        if name == "by" and wrong.expected in _WITHOUT_BY:
            return Fault(wrong.path[:-1], _WITHOUT_BY[wrong.expected])
        kind = next(field.type for field in fields_of(wrong.expected) if field.encode_name == name)
        en, zh = _expected_kind(kind)
        written = _EITHER if issubclass(wrong.expected, Label) and name == "zh" else _written_name(wrong.expected, name)
        return Fault(wrong.path, "missing", name=written, expected=en, expected_zh=zh)
    en, zh = _expected_kind(wrong.expected, _with_keys)
    if en == "text" and wrong.path[-1] in _LIMIT_KEYS:
        en, zh = _LIMIT
    given: dict[str, Any] = _given_choice(wrong)
    return Fault(wrong.path, "wrong-kind", expected=en, expected_zh=zh, reason=_plainly(wrong.message), **given)


def _given_choice(wrong: InvalidValue) -> dict[str, Any]:
    """The word that is none of the choices, and the choices."""
    found, kind = _NO_CHOICE.fullmatch(wrong.message), wrong.expected
    kinds = [one for one in (get_args(kind) or (kind,)) if get_origin(one) is Literal]
    choices = kind if get_origin(kind) is Literal else next(iter(kinds), None)
    return {} if found is None or choices is None else {"name": found[1], "known": list(get_args(choices))}


def _unknown_key(wrong: InvalidValue, full: Mapping[str, Any]) -> Fault:
    name, known = wrong.path[-1], _known_members(wrong.expected)
    if _value(full, wrong.path) is None:
        return Fault(wrong.path, "key-without-value", name=name, known=known)
    if parts := parts_with(name):
        return Fault(wrong.path, "key-elsewhere", parts=parts, known=known)
    return Fault(wrong.path, "unknown-key", known=known)


def _value(whole: Any, path: Path) -> Any:
    for step in path:
        whole = whole[step]
    return whole


def _plainly(message: str) -> InBoth | str:
    """msgspec's message, in the words of authors."""
    if found := _OTHER_KIND.search(message):
        return _GIVEN[found[1]]
    found = _NO_CHOICE.fullmatch(message)
    return _none_of_them(found[1]) if found else message


def _none_of_them(given: str) -> InBoth:
    given = shortened(given)
    return InBoth(f"`{given}` is none of them", f"`{given}` 不在其中")


def _known_members(struct: Any) -> list[str]:
    return [_written_name(struct, field.encode_name) for field in fields_of(struct)]


def _written_name(struct: Any, name: str) -> str:
    return source_paths.AS_WRITTEN.get(name, name) if struct in _RENAMED else name


_RENAMED = (Clock, Inspection, Ledger, LimitationPart, Task, Threshold)
"""The parts in which authors write other words than the full form has."""


def _with_keys(struct: Any) -> tuple[str, str]:
    keys = [f"`{one}`" for one in _known_members(struct) if (struct, one) != (Stage, "acts")][:_SHOWN_KEYS]
    return f"a map with keys such as {', '.join(keys)}", f"键值结构，其键如{'、'.join(keys)}"


def _plain_map(_struct: Any) -> tuple[str, str]:
    return _KINDS[dict]


def _expected_kind(kind: Any, of_struct: Callable[[Any], tuple[str, str]] = _plain_map) -> tuple[str, str]:
    """Describes the kind of value that this type needs, in English and Chinese."""
    if get_origin(kind) is Annotated:
        return _expected_kind(get_args(kind)[0], of_struct)
    if get_origin(kind) is Literal:
        choices = ", ".join(str(one) for one in get_args(kind))
        return (f"one of: {choices}", f"以下之一：{choices}") if len(get_args(kind)) > 1 else (choices, choices)
    if get_origin(kind) in (Union, UnionType):
        kinds = [one for one in get_args(kind) if one is not NoneType]
        found = [_expected_kind(one, of_struct) for one in kinds if one is not int or float not in kinds]
        return " or ".join(en for en, _ in found), "或".join(zh for _, zh in found)
    plain = get_origin(kind) or kind
    return of_struct(plain) if is_struct(plain) else _KINDS.get(plain, ("a value", "一个值"))
