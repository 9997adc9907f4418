"""Reaction to a filing: it writes the signature by which similar complaints find this one.

Complaints are compared by their content, without identities and without short answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.casework import private_values
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import Case, load
from chalicelib.complaints.applying.erasing import ended_at
from chalicelib.complaints.fields import class_of
from chalicelib.features.similar import index, signature
from chalicelib.features.similar.signature import Signature
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.values import fact_kinds
from chalicelib.store.keys import CaseRef
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

PURPOSE = "similar"
"""Of the derived key."""
CONTENT = "content"
"""The confidentiality class of the compared texts."""


def fact_names(policy: Policy) -> list[str]:
    """The facts that are free text of class `content`."""
    facts = policy.document.intake.facts
    return [
        name
        for name, fact in facts.items()
        if fact_kinds.of(fact.kind).is_free_text and class_of(name, fact) == CONTENT
    ]


def compared_text(policy: Policy, values: Mapping[str, Any]) -> str:
    """`values`: the facts of class `content`."""
    texts = (values.get(name) for name in fact_names(policy))
    return "\n".join(text for text in texts if isinstance(text, str))


def sign(wiring: Wiring, ref: CaseRef, case: Case, policy: Policy) -> int:
    """Returns how many items were written: none for a short text, for one that is being erased, and if the signature is
    there already.

    `case`: read with `private_values.filing_keys`. `policy`: the version that names the compared texts. The text of a
    filing never changes, so it can be signed at any time. The caller binds the tenant.
    """
    found = signature_of(wiring, ref, case, policy)
    ended = ended_at(case.policy, case.complaint) is not None
    return 0 if found is None else index.write(wiring.store, wiring.sealer, ref, found, ended=ended)


def signature_of(wiring: Wiring, ref: CaseRef, case: Case, policy: Policy) -> Signature | None:
    """None for a short text. As in `sign`."""
    return signature.sign(wiring.sealer.derive(ref.tenant, PURPOSE), text_of(wiring, ref, case, policy))


def text_of(wiring: Wiring, ref: CaseRef, case: Case, policy: Policy) -> str:
    """The text that is compared. As in `sign`."""
    filed = private_values.filing_keys(ref)
    opened = (private_values.try_open(wiring.sealer, ref, case.entries[key]) for key in filed if key in case.entries)
    values = [value for value in opened if value is not None]
    content = {**case.complaint.facts, **private_values.visible_values(values, [CONTENT])}
    return compared_text(policy, content)


def applies(committed: CommittedEvent) -> bool:
    """Whether the event files a complaint whose policy asks for a text about it."""
    return committed.event.type == "registered" and bool(fact_names(committed.policy))


def note(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> int:
    """Returns how many items were written: none for a short text, or if the plan leaves similar complaints out.

    The caller binds the tenant. Raises `Problem`: `complaint-unknown` for an erased complaint.
    """
    ref = committed.ref
    case = load(wiring.store, wiring.compiled, ref, [organisation.key(ref.tenant), *private_values.filing_keys(ref)])
    if not organisation.among(case.entries, ref.tenant).limits.similar:
        return 0
    return sign(wiring, ref, case, committed.policy)


REACTION = Reaction("similar complaints", applies, note)
