"""Faults of what a policy says of files and of legal holds, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any


def _kind(**said: Any) -> dict[str, Any]:
    return {"bill": {"zh": "账单", **said}}


_KINDS, _BILL = "intake/evidence", "intake/evidence/bill"
EVIDENCE: dict[str, tuple[str, Any, str, str]] = {
    "evidence that is no map of kinds": (_KINDS, 7, _KINDS, "wrong-kind"),
    "a kind of evidence that is a number": (_KINDS, {"bill": 7}, _BILL, "wrong-kind"),
    "a kind of evidence without a name": (_KINDS, {"bill": {"types": "application/pdf"}}, f"{_BILL}/name", "missing"),
    "a kind of evidence with an unknown part": (_KINDS, _kind(colour="red"), f"{_BILL}/colour", "unknown-key"),
    "evidence that is half required": (_KINDS, _kind(required="maybe"), f"{_BILL}/required", "wrong-kind"),
    "files of a type that is never taken": (_KINDS, _kind(types="text/html"), f"{_BILL}/types", "no-file-type"),
    "files of a type that is no text": (_KINDS, _kind(types=[7]), f"{_BILL}/types/0", "wrong-kind"),
    "files of no megabytes": (_KINDS, _kind(megabytes=0), f"{_BILL}/megabytes", "no-file-size"),
    "files of fewer megabytes than none": (_KINDS, _kind(megabytes=-1), f"{_BILL}/megabytes", "no-file-size"),
    "files larger than the store copies": (_KINDS, _kind(megabytes=5121), f"{_BILL}/megabytes", "no-file-size"),
    "files of half a megabyte": (_KINDS, _kind(megabytes=0.5), f"{_BILL}/megabytes", "wrong-kind"),
    "megabytes that are a text": (_KINDS, _kind(megabytes="10"), f"{_BILL}/megabytes", "wrong-kind"),
    "megabytes that are a yes": (_KINDS, _kind(megabytes=True), f"{_BILL}/megabytes", "wrong-kind"),
    "files shown to a role": (_KINDS, _kind(shown_to="ann"), f"{_BILL}/shown_to", "wrong-kind"),
    "files shown to a number": (_KINDS, _kind(shown_to=[7]), f"{_BILL}/shown_to/0", "wrong-kind"),
    "time for evidence that is none": ("intake/evidence_within", "soon", "intake/evidence_within", "no-limit"),
    "files kept for a time that is none": ("intake/evidence_kept", "for ever", "intake/evidence_kept", "no-limit"),
    "files kept for a number": ("intake/evidence_kept", 24, "intake/evidence_kept", "wrong-kind"),
    "files kept for no time": ("intake/evidence_kept", "0 months", "intake/evidence_kept", "no-limit"),
    "a hold by an unknown role": ("holds", ["ann", "eve"], "holds", "no-role"),
    "a hold by a number": ("holds", [7], "holds/0", "wrong-kind"),
    "holds that are a map": ("holds", {"ann": "yes"}, "holds", "wrong-kind"),
}
