"""What an act reads of the complaint to which it links another one, and whether the two are related.

Two complaints are related if both were filed with the same contact of the complainant or the same subject, and not
about different respondents. All others are unrelated, also those of which nothing can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from chalicelib.casework import fact_lookups, private_values, snapshot
from chalicelib.casework.loading import Case
from chalicelib.complaints.rights.confidentiality import respondents_read
from chalicelib.complaints.rights.permits import Asker, LinkTarget
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling.linking import duplicates
from chalicelib.features.handling.linking.close_duplicates import fate
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


def add_to(wiring: Wiring, ref: CaseRef, case: Case, to: object) -> Case:
    """The case with what a link to this number needs: the other complaint, the filing of this one, and the look-ups of
    its values that name the other. Reads the same, whether or not there is such a complaint."""
    if not isinstance(to, str) or not keys.is_case_number(to):
        return case
    filed = private_values.keys_of_event(ref, 1)
    wanted = [snapshot.complaint_key(CaseRef(ref.tenant, to)), *filed]
    found = {**case.entries, **wiring.store.get([key for key in wanted if key not in case.entries])}
    shared = _shared_keys(wiring, ref, case, found, to)
    return replace(case, entries={**found, **(wiring.store.get(shared) if shared else {})})


def known(wiring: Wiring, ref: CaseRef, case: Case, to: object, asker: Asker) -> LinkTarget | None:
    """None for a complaint to which the asker cannot link any (`duplicates.check_target`): the refusal says why, and
    nothing else. `case`: as `add_to` gives it."""
    target = duplicates.target_of(ref.tenant, to, case.entries) if isinstance(to, str) else None
    if target is None or duplicates.why_not(target, asker) is not None:
        return None
    return compared(wiring, ref, case, target)


def compared(wiring: Wiring, ref: CaseRef, case: Case, target: Complaint) -> LinkTarget:
    """`case`: as `add_to` gives it."""
    ended = fate(wiring.compiled.get(ref.tenant, target.policy), target) != "later"
    shares = any(key in case.entries for key in _shared_keys(wiring, ref, case, case.entries, target.number))
    return LinkTarget(ended, shares and not _have_different_respondents(case, target))


def _have_different_respondents(case: Case, target: Complaint) -> bool:
    units = {unit for unit in (case.complaint.unit, target.unit) if unit is not None}
    return len(units) > 1 and respondents_read(case.policy)


def _shared_keys(wiring: Wiring, ref: CaseRef, case: Case, entries: Mapping[Key, Entry], to: str) -> list[Key]:
    """The look-ups that exist if the other complaint was filed with a contact or the subject of this one."""
    filed = [entries[key] for key in private_values.keys_of_event(ref, 1) if key in entries]
    values = [value for entry in filed if (value := private_values.try_open(wiring.sealer, ref, entry)) is not None]
    facts = {**case.complaint.facts, **{name: one for value in values for name, one in value.values.items()}}
    by_value = fact_lookups.keys_by_value(wiring.secrets, ref.tenant, case.policy.document.intake, facts, to)
    return [key for found in by_value for key in found]
