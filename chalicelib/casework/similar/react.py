"""Reaction to a filing: it writes the signature by which similar complaints find this one."""

from __future__ import annotations

from chalicelib.casework import private_values
from chalicelib.casework.loading import load
from chalicelib.casework.reactions.committed_event import CommittedEvent
from chalicelib.casework.similar import index, signature, texts
from chalicelib.instants import Instant
from chalicelib.limits import plans
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """Whether the event files a complaint whose policy asks for a text about it."""
    return committed.event.type == "registered" and bool(texts.fact_names(committed.policy))


def note(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> int:
    """Returns how many items were written: none for a short text, or if the plan leaves similar complaints out.

    The text of a filing never changes, so the present values are those of the event. The caller binds the tenant.
    Raises `Problem`: `complaint-unknown` for an erased complaint.
    """
    ref = committed.ref
    filed, org_key = private_values.filing_keys(ref), keys.snapshot(keys.organisation(ref.tenant))
    case = load(wiring.store, wiring.compiled, ref, [org_key, *filed])
    if organisation.parse(case.entries[org_key]).plan in plans.WITHOUT_SIMILAR:
        return 0
    opened = (private_values.try_open(wiring.sealer, ref, case.entries[key]) for key in filed if key in case.entries)
    values = [value for value in opened if value is not None]
    content = {**case.complaint.facts, **private_values.visible_values(values, [texts.CONTENT])}
    key = wiring.sealer.derive(ref.tenant, texts.PURPOSE)
    signed = signature.signature(key, texts.compared_text(committed.policy, content))
    return 0 if signed is None else index.write(wiring.store, wiring.sealer, ref, signed, key)
