"""Kinds of evidence: the policy's rules for each kind, and the validation of a declared file against them."""

from __future__ import annotations

from typing import Protocol

from chalicelib.features.evidence import file_limits
from chalicelib.kit import catalogue
from chalicelib.kit.problem import Place, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.file_types import FILE_TYPES, MIB
from chalicelib.policy.language.intake import EVIDENCE_KINDS, EvidenceKind
from chalicelib.policy.language.parts import Label

TEXT = "text/plain"
"""The media type of an answer in words. It becomes a file, so that it is checked, sealed and answers the demand."""
ATTACHMENT = "message_attachment"
"""The kind of what members attach to their messages to the complainant, under every policy. No rule of a policy shows
it to the respondent, and it answers no demand."""
_IMAGES, _SOUND, _VIDEO = "image/", "audio/", "video/"
_SENSIBLE = {
    "document": (_IMAGES, "application/pdf", "application/vnd.", "text/"),
    "photo": (_IMAGES,),
    "screenshot": (_IMAGES,),
    "recording": (_SOUND, _VIDEO),
    "video": (_VIDEO,),
}
"""How the media types begin that pages offer for a kind without `types`. For other kinds, they offer all."""
_NO_RULES = EvidenceKind(name=Label(zh=""))


def kind_names(policy: Policy) -> list[str]:
    """The policy's own kinds, or the language's standard kinds if it defines none."""
    return list(policy.document.intake.evidence) or list(EVIDENCE_KINDS)


def kind_rule(policy: Policy, kind: str) -> EvidenceKind:
    """The policy's rules for a kind. A standard kind and an attachment have none."""
    if kind == ATTACHMENT:
        return _NO_RULES
    return policy.document.intake.evidence.get(kind, _NO_RULES)


def name_of(policy: Policy, kind: str, language: str) -> str:
    """The policy's name of a kind, or that of a standard kind. Chinese stands in for English that the policy lacks."""
    rule = policy.document.intake.evidence.get(kind)
    if rule is not None:
        return getattr(rule.name, language) or rule.name.zh
    text = catalogue.texts("pages").get(f"file_kind.{kind}")
    return kind if text is None else text.of(language)


class GivenFile(Protocol):
    """An `Evidence` or `EvidenceView`."""

    @property
    def kind(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def demand(self) -> str | None: ...


def called(policy: Policy, found: GivenFile, language: str) -> str:
    """What a file is: its kind. A text that answers a demand is none of what was asked for, such as a screenshot."""
    name = name_of(policy, found.kind, language)
    if found.demand is None or found.media_type != TEXT:
        return name
    return catalogue.texts("pages")["files.in_words"].of(language).format(kind=name)


def kind_faults(policy: Policy, kind: str, giver: str = "") -> list[Place]:
    """The fault of a kind that the policy does not have. `giver`: the party whose file it is, or `staff`."""
    known = [*kind_names(policy), *([ATTACHMENT] if giver == "staff" else [])]
    return [] if kind in known else [Place("/kind", Text("must be one of: {known}", known=", ".join(known)))]


def allowed_types(policy: Policy, kind: str) -> list[str]:
    """The media types that files of a kind may have."""
    return list(kind_rule(policy, kind).types or FILE_TYPES)


def offered_types(policy: Policy, kind: str) -> list[str]:
    """Those of `allowed_types` that make sense for a kind by its key, for pages. The service takes the others, too."""
    allowed = allowed_types(policy, kind)
    if kind_rule(policy, kind).types or kind not in _SENSIBLE:
        return allowed
    return [one for one in allowed if one.startswith(_SENSIBLE[kind])]


def most_by_form(policy: Policy, plan_bytes: int, kind: str) -> int:
    """Largest size in bytes of a file of this kind that the form of a page sends."""
    return min(file_limits.MOST_BY_FORM, plan_bytes, _policy_limit(policy, kind))


def _policy_limit(policy: Policy, kind: str) -> int:
    return (kind_rule(policy, kind).megabytes or file_limits.LARGEST // MIB) * MIB


def declaration_faults(
    policy: Policy, plan_bytes: int, *, kind: str, name: str, size: int, media_type: str
) -> list[Place]:
    """The faults of a declared file of a known kind. `plan_bytes`: the evidence quota of the organisation's plan."""
    places = []
    types = allowed_types(policy, kind)
    most = 0
    if media_type not in types:
        places.append(Place("/media_type", Text("must be one of: {known}", known=", ".join(sorted(types)))))
    else:
        most = min(file_limits.largest(media_type, plan_bytes), _policy_limit(policy, kind))
    if most and not 1 <= size <= most:
        places.append(Place("/size", Text("must be 1 to {most} bytes", most=most)))
    elif size < 1:
        places.append(Place("/size", "must be at least 1 byte"))
    if fault := file_limits.name_fault(name):
        places.append(Place("/name", fault))
    return places
