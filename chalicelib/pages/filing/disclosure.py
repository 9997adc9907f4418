"""What the person who files is told about who will read their answers, worked out from the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.complaints.confidentiality import IDENTITY, TO_RESPONDENT, rules_of
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.permits import RESPONDENT
from chalicelib.pages.filing.inputs import Input
from chalicelib.pages.reader import Reader
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import is_public
from chalicelib.policy.language.parts import RoleSelector


def notes(policy: Policy, group: str, inputs: Sequence[Input], reader: Reader) -> list[str]:
    """The notes of a page with the facts of one confidentiality class."""
    if group == IDENTITY:
        return [*_anonymous(inputs, reader), *_of_identity(policy, inputs, reader)]
    return [reader.text("file.other_party_reads")] if _respondents_read(policy) else []


def _anonymous(inputs: Sequence[Input], reader: Reader) -> Iterator[str]:
    if not any(one.required for one in inputs):
        yield reader.text("file.anonymous")


def _of_identity(policy: Policy, inputs: Sequence[Input], reader: Reader) -> Iterator[str]:
    yield reader.text("file.who_reads", roles=reader.text("file.listed").join(_roles(policy, reader)))
    if not _respondents_read(policy):
        return
    seen = [one.label for one in inputs if _is_seen(policy, one)]
    if seen:
        yield reader.text("file.other_party_sees", labels=reader.text("file.listed").join(seen))
    else:
        yield reader.text("file.not_other_party")


def _roles(policy: Policy, reader: Reader) -> list[str]:
    """The labels of the roles that read who the complainant is. Without a rule, these are all, and the owners."""
    people, rule = policy.document.people, rules_of(policy).complainant
    if rule is None:
        return [*(reader.label(one.to_json()) for one in people.values()), reader.text("role.owner")]
    return list(dict.fromkeys(_role(policy, one, reader) for one in rule))


def _role(policy: Policy, selector: RoleSelector, reader: Reader) -> str:
    label = policy.document.people.get(selector.role)
    name = reader.text(f"role.{selector.role}") if label is None else reader.label(label.to_json())
    return reader.text("file.assigned", role=name) if selector.of == "assigned" else name


def _respondents_read(policy: Policy) -> bool:
    """Whether respondents can have accounts, which are a unit's, and the policy lets them read the content."""
    content = rules_of(policy).content
    return policy.document.intake.unit != "none" and (content is None or any(one.role == RESPONDENT for one in content))


def _is_seen(policy: Policy, one: Input) -> bool:
    """Whether the respondent reads the value: it is public, or of a class that respondents read."""
    name = one.name.partition(".")[2]
    fact = policy.document.intake.facts[name]
    return is_public(fact.kind, fact) or class_of(name, fact) in TO_RESPONDENT
