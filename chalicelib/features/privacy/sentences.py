"""The sentences of an organisation's page on privacy. Each follows from the policy or from the code.

`tests/privacy` has a test for each sentence, by its name in the catalogue; a sentence without one fails there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.complaints.applying import contact
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.rights.confidentiality import IDENTITY, TO_RESPONDENT, respondents_read, rules_of
from chalicelib.features.filing.readers import role_labels
from chalicelib.features.privacy.keeping import device, kept, stored
from chalicelib.features.privacy.sentence import Sentence
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.disclosure import is_by_acceptance
from chalicelib.policy.language.facts import Fact, is_public
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader
from chalicelib.wiring import Wiring


class Section(NamedTuple):
    """`name`: of its heading, behind `privacy.`."""

    name: str
    sentences: list[Sentence]


def sections(wiring: Wiring, tenant_page: TenantPage, reader: Reader) -> list[Section]:
    policy = tenant_page.policy
    found = {
        "why": _why(tenant_page, reader),
        "asked": _asked(policy, reader),
        "readers": _readers(policy, reader),
        "published": _published(policy, reader),
        "kept": kept(wiring, policy, reader),
        "stored": stored(wiring),
        "device": device(),
        "rights": _rights(tenant_page, reader),
    }
    return [Section(name, list(sentences)) for name, sentences in found.items()]


def _why(tenant_page: TenantPage, reader: Reader) -> Iterator[Sentence]:
    procedure = reader.label(tenant_page.policy.document.name.to_json())
    yield Sentence("privacy.purpose", {"name": tenant_page.org.name, "policy": procedure})
    yield Sentence("privacy.counted")
    yield Sentence("privacy.no_other_sites")


def _asked(policy: Policy, reader: Reader) -> Iterator[Sentence]:
    facts = _of_identity(policy)
    if not facts:
        yield Sentence("privacy.asks_nothing")
        return
    yield Sentence("privacy.asks", {"labels": _listed(facts, reader)})
    if not any(one.required for one in facts.values()):
        yield Sentence("privacy.anonymous")


def _readers(policy: Policy, reader: Reader) -> Iterator[Sentence]:
    rules = rules_of(policy)
    yield Sentence("privacy.you_read")
    yield Sentence("privacy.identity_read_by", {"roles": _roles(policy, rules.complainant, reader, owner=True)})
    yield Sentence("privacy.content_read_by", {"roles": _roles(policy, rules.content, reader, owner=True)})
    yield Sentence("privacy.messages_read_by")
    yield Sentence("privacy.deputies")
    yield Sentence("privacy.owners_export")
    if policy.document.intake.unit != "none":
        yield Sentence("privacy.unit_read_by", {"roles": _roles(policy, rules.content, reader)})
    yield from _other_party(policy, reader)
    yield Sentence("privacy.logged")
    yield Sentence("privacy.systems")
    supervision = policy.document.supervision
    if supervision is None:
        yield Sentence("privacy.no_supervisors")
    else:
        names = [reader.label(policy.document.people[role].to_json()) for role in supervision.by]
        yield Sentence("privacy.supervisors", {"roles": reader.text("file.listed").join(names)})
        yield Sentence("privacy.reports_to_owners")
    yield Sentence("privacy.reports_to_operator")
    yield Sentence("privacy.operator")
    yield Sentence("privacy.operator_keys")


def _other_party(policy: Policy, reader: Reader) -> Iterator[Sentence]:
    if not respondents_read(policy):
        yield Sentence("privacy.no_other_party")
        return
    yield Sentence("privacy.other_party_reads")
    if is_by_acceptance(policy.document):
        yield Sentence("privacy.other_party_from_acceptance")
    yield Sentence("privacy.other_party_masks")
    seen = {name: one for name, one in _of_identity(policy).items() if _is_seen(name, one)}
    if seen:
        yield Sentence("privacy.other_party_sees", {"labels": _listed(seen, reader)})
    else:
        yield Sentence("privacy.other_party_not_who")
    kinds = policy.document.intake.evidence.values()
    shown = [reader.label(one.name.to_json()) for one in kinds if "respondent" in one.shown_to]
    if shown:
        yield Sentence("privacy.other_party_files", {"labels": reader.text("file.listed").join(shown)})
    elif kinds:
        yield Sentence("privacy.other_party_no_files")


def _published(policy: Policy, reader: Reader) -> Iterator[Sentence]:
    publicity = policy.document.publicity
    parts = {name: getattr(publicity, name, None) for name in ("results", "notices", "figures")}
    found = {name: part for name, part in parts.items() if part is not None}
    for name, part in found.items():
        yield Sentence(f"privacy.publishes_{name}", {"audience": reader.text(f"privacy.to.{part.audience}")})
    notices = publicity.notices if publicity is not None else None
    if notices is not None and notices.consent == "complainant":
        yield Sentence("privacy.publishes_with_consent")
    yield Sentence("privacy.publishes_no_more" if found else "privacy.publishes_nothing")


def _rights(tenant_page: TenantPage, reader: Reader) -> Iterator[Sentence]:
    document = tenant_page.policy.document
    own = {name for one in document.stages.values() for name, act in one.acts.items() if _is_complainants(act)}
    yield Sentence("privacy.copy")
    yield Sentence("privacy.write")
    if contact.facts(document):
        yield Sentence("privacy.correct")
    if "withdraw" in own:
        yield Sentence("privacy.withdraw")
    yield Sentence("privacy.erasure")
    outside = document.contact.outside if document.contact is not None else None
    if outside is not None:
        yield Sentence("privacy.outside", {}, reader.label(outside.name.to_json()), outside.url or "")
    named = any(one.key != "outside" for one in tenant_page.contact(reader.language))
    yield Sentence("privacy.contact" if named else "privacy.no_contact", {"name": tenant_page.org.name})


def _is_complainants(act: Any) -> bool:
    return any(one.role == "complainant" for one in act.by)


def _of_identity(policy: Policy) -> dict[str, Fact]:
    facts = policy.document.intake.facts.items()
    return {name: one for name, one in facts if class_of(name, one) == IDENTITY and one.given_by != "staff"}


def _is_seen(name: str, fact: Fact) -> bool:
    return is_public(fact.kind, fact) or class_of(name, fact) in TO_RESPONDENT


def _listed(facts: Mapping[str, Fact], reader: Reader) -> str:
    labels = [reader.label(None if one.name is None else one.name.to_json(), key) for key, one in facts.items()]
    return reader.text("file.listed").join(labels)


def _roles(policy: Policy, rule: Any, reader: Reader, *, owner: bool = False) -> str:
    """Without a rule, each member reads it, also an owner without a role."""
    names = role_labels(policy, rule, reader)
    names += [reader.text("role.owner")] if rule is None and owner else []
    return reader.text("file.listed").join(names)
