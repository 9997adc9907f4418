"""Lower severity classes, and signs that are struck (`severity.lowering`): what they need, and the signs on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.fields import CheckedFields, FieldSpec, pointer
from chalicelib.complaints.state import Changes, Complaint
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import SIGN, STRUCK
from chalicelib.policy.language.model import Lowering
from chalicelib.policy.language.stages import Approval

_SEVERITY = "severity"


def rule(policy: Policy) -> Lowering | None:
    return None if policy.document.severity is None else policy.document.severity.lowering


def applies(policy: Policy, complaint: Complaint, given: Mapping[str, Any]) -> bool:
    """Whether the act lowers the class or strikes a sign. `given`: its public values."""
    if rule(policy) is None:
        return False
    return bool(given.get(STRUCK)) or _rank(policy, given.get(_SEVERITY)) < _rank(policy, complaint.severity)


def second_person(policy: Policy, complaint: Complaint, given: Mapping[str, Any]) -> Approval | None:
    """The approval that the act needs in place of its own."""
    lowering = rule(policy)
    return None if lowering is None or not applies(policy, complaint, given) else lowering.approval


def check(policy: Policy, complaint: Complaint, given: CheckedFields) -> None:
    """Raises `Problem("invalid")` if a needed field is missing, or the class contradicts a sign on record."""
    lowering, public = rule(policy), given.public
    if lowering is None:
        return
    places = list(_unknown_signs(complaint, public.get(STRUCK, [])))
    if applies(policy, complaint, public):
        named = {*public, *(name for values in given.private.values() for name in values)}
        why = "is required to lower the class or to strike a sign"
        places += [Place(pointer("fields", name), why) for name in lowering.needs if name not in named]
    places += _contradictions(policy, complaint, public)
    if places:
        raise Problem("invalid", "The class cannot be lowered like this.", places=places)


def _unknown_signs(complaint: Complaint, struck: Sequence[str]) -> list[Place]:
    known = on_record(complaint)
    listed = ", ".join(known) or "none"
    return [
        Place(pointer("fields", STRUCK, str(at)), Text("is no sign on record; these are: {known}", known=listed))
        for at, sign in enumerate(struck)
        if sign not in known
    ]


def _contradictions(policy: Policy, complaint: Complaint, public: Mapping[str, Any]) -> list[Place]:
    """The class must not lie below that of a sign on record which the act does not strike."""
    chosen, left = public.get(_SEVERITY), _without(complaint.signs, public.get(STRUCK, []))
    highest = max(left, key=lambda name: _rank(policy, name), default=None)
    if chosen is None or highest is None or _rank(policy, chosen) >= _rank(policy, highest):
        return []
    signs = ", ".join(left[highest])
    why = Text("is below {highest}, of which the record has these signs: {signs}", highest=highest, signs=signs)
    return [Place(pointer("fields", _SEVERITY), why)]


def _rank(policy: Policy, name: str | None) -> int:
    """Of a class that this version does not define: below all."""
    return policy.classes.index(name) if name in policy.classes else -1


def on_record(complaint: Complaint) -> list[str]:
    return list(dict.fromkeys(sign for signs in complaint.signs.values() for sign in signs))


def shown(complaint: Complaint, specs: Sequence[FieldSpec]) -> list[FieldSpec]:
    """The fields of `classify` with the signs on record as the choices of `struck`, which is left out without any."""
    known = on_record(complaint)
    found = [replace(one, choices=tuple(known)) if _is_struck(one) else one for one in specs]
    return [one for one in found if one.choices or not _is_struck(one)]


def _is_struck(spec: FieldSpec) -> bool:
    return spec.name == STRUCK and not spec.fact.choices


def signs_of_filing(policy: Policy, given: Mapping[str, Any]) -> dict[str, list[str]]:
    """By class: the values of those facts whose choices are all signs, with their names. `given`: the public facts."""
    signs = policy.document.severity.signs if policy.document.severity is not None else {}
    known = {sign for of_class in signs.values() for sign in of_class}
    facts = policy.document.intake.facts.items()
    values = [given.get(name) for name, fact in facts if fact.choices and fact.choices.keys() <= known]
    shown = {one for value in values for one in (value if isinstance(value, list) else [value])}
    found = {name: [sign for sign in of_class if sign in shown] for name, of_class in signs.items()}
    return {name: of_class for name, of_class in found.items() if of_class}


def signs_after(complaint: Complaint, fields: Mapping[str, Any]) -> Changes:
    """`fields`: those of `classified`. A policy's own field of these names may hold other values."""
    struck, sign, of_class = fields.get(STRUCK), fields.get(SIGN), fields.get(_SEVERITY)
    signs = _without(complaint.signs, struck) if isinstance(struck, list) else complaint.signs
    if isinstance(sign, str) and isinstance(of_class, str) and sign not in signs.get(of_class, []):
        signs = {**signs, of_class: [*signs.get(of_class, []), sign]}
    return {} if signs == complaint.signs else {"signs": signs}


def _without(signs: Mapping[str, list[str]], struck: Sequence[str]) -> dict[str, list[str]]:
    left = {name: [sign for sign in of_class if sign not in struck] for name, of_class in signs.items()}
    return {name: of_class for name, of_class in left.items() if of_class}
