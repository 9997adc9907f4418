"""What the person who files is told about who will read their answers, worked out from the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.complaints.confidentiality import IDENTITY, TO_RESPONDENT, respondents_read, rules_of
from chalicelib.complaints.fields import class_of
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import is_public
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.web.pages.inputs import Input
from chalicelib.web.pages.reader import Reader


def notes(policy: Policy, group: str, inputs: Sequence[Input], reader: Reader) -> list[str]:
    """The notes of a page with the facts of one confidentiality class."""
    if group == IDENTITY:
        notes = [*_anonymous(inputs, reader), *_of_identity(policy, inputs, reader)]
        return [*notes, *_unmasked(policy, rules_of(policy).complainant, reader)]
    read = [reader.text("file.other_party_reads")] if respondents_read(policy) else []
    return [*read, *_unmasked(policy, rules_of(policy).content, reader)]


def _anonymous(inputs: Sequence[Input], reader: Reader) -> Iterator[str]:
    if not any(one.required for one in inputs):
        yield reader.text("file.anonymous")


def _of_identity(policy: Policy, inputs: Sequence[Input], reader: Reader) -> Iterator[str]:
    rule = rules_of(policy).complainant
    names = _roles(policy, rule, reader) + ([reader.text("role.owner")] if rule is None else [])
    yield reader.text("file.who_reads", roles=reader.text("file.listed").join(names))
    if not respondents_read(policy):
        return
    seen = [one.label for one in inputs if _is_seen(policy, one)]
    if seen:
        yield reader.text("file.other_party_sees", labels=reader.text("file.listed").join(seen))
    else:
        yield reader.text("file.not_other_party")


def _unmasked(policy: Policy, rule: Sequence[RoleSelector] | None, reader: Reader) -> Iterator[str]:
    """Each role of the policy can be granted for a unit, also for the one that the complaint is about."""
    people = policy.document.people
    names = _roles(policy, rule if rule is None else [one for one in rule if one.role in people], reader)
    if names and _takes_unit(policy):
        yield reader.text("file.unit_reads", roles=reader.text("file.listed").join(names))


def _roles(policy: Policy, rule: Sequence[RoleSelector] | None, reader: Reader) -> list[str]:
    """The labels of the roles that the rule of a class names. Without a rule, these are all of the policy."""
    if rule is None:
        return [reader.label(one.to_json()) for one in policy.document.people.values()]
    return list(dict.fromkeys(_role(policy, one, reader) for one in rule))


def _role(policy: Policy, selector: RoleSelector, reader: Reader) -> str:
    label = policy.document.people.get(selector.role)
    name = reader.text(f"role.{selector.role}") if label is None else reader.label(label.to_json())
    return reader.text("file.assigned", role=name) if selector.of == "assigned" else name


def _takes_unit(policy: Policy) -> bool:
    return policy.document.intake.unit != "none"


def _is_seen(policy: Policy, one: Input) -> bool:
    """Whether the respondent reads the value: it is public, or of a class that respondents read."""
    name = one.name.partition(".")[2]
    fact = policy.document.intake.facts[name]
    return is_public(fact.kind, fact) or class_of(name, fact) in TO_RESPONDENT
