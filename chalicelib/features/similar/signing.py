"""Writes the signature of a complaint by which similar complaints find this one."""

from __future__ import annotations

from chalicelib.casework import private_values
from chalicelib.casework.loading import Case
from chalicelib.features.similar import index, signature, texts
from chalicelib.policy.compiled import Policy
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring


def sign(wiring: Wiring, ref: CaseRef, case: Case, policy: Policy) -> int:
    """Returns how many items were written: none for a short text, and if the signature is there already.

    `case`: read with `private_values.filing_keys`. `policy`: the version that names the compared texts. The text of a
    filing never changes, so it can be signed at any time. The caller binds the tenant.
    """
    found = signature_of(wiring, ref, case, policy)
    return 0 if found is None else index.write(wiring.store, wiring.sealer, ref, *found)


def signature_of(wiring: Wiring, ref: CaseRef, case: Case, policy: Policy) -> tuple[bytes, bytes] | None:
    """The signature, and the derived key of its band keys. None for a short text. As in `sign`."""
    filed = private_values.filing_keys(ref)
    opened = (private_values.try_open(wiring.sealer, ref, case.entries[key]) for key in filed if key in case.entries)
    values = [value for value in opened if value is not None]
    content = {**case.complaint.facts, **private_values.visible_values(values, [texts.CONTENT])}
    key = wiring.sealer.derive(ref.tenant, texts.PURPOSE)
    signed = signature.signature(key, texts.compared_text(policy, content))
    return None if signed is None else (signed, key)
