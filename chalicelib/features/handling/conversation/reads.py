"""What the acts of the conversation read besides their complaint: the attachments, and the address that is replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.casework import private_values
from chalicelib.complaints.acting.talking import conversation
from chalicelib.complaints.applying import contact
from chalicelib.complaints.applying.contact import FormerAddress
from chalicelib.complaints.applying.flow import Flow
from chalicelib.features.evidence import item
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.values.value_readers import MAX_REFERENCES
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

_ID = r"[0-9a-f]{32}"
"""The id of a file."""


def attachment_keys(ref: CaseRef, given: Mapping[str, Any]) -> list[Key]:
    """Of the files that the request names. What is no id of a file has no key."""
    return [key for key in _keys(ref, given) if key is not None]


def check_attachments(ref: CaseRef, given: Mapping[str, Any], entries: Mapping[Key, Entry]) -> None:
    """Raises `Problem("invalid")` for what is no sealed file of the complaint."""
    found = [None if key is None else item.find(entries, key) for key in _keys(ref, given)]
    places = [
        Place(f"/fields/{conversation.FILES}/{position}", "is no sealed file of this complaint")
        for position, one in enumerate(found)
        if one is None or one.state != item.SEALED
    ]
    if places:
        raise Problem("invalid", "Only sealed files can be attached.", places=places)


def _keys(ref: CaseRef, given: Mapping[str, Any]) -> list[Key | None]:
    """In the order of the request. The act itself refuses what is no list, or too long."""
    files = given.get(conversation.FILES)
    named = files[:MAX_REFERENCES] if isinstance(files, list) else []
    return [item.key_of(ref, one) if isinstance(one, str) and re.fullmatch(_ID, one) else None for one in named]


def former_address(wiring: Wiring, ref: CaseRef, flow: Flow) -> FormerAddress | None:
    """The e-mail address to which messages go now; None if there is none, or it was erased."""
    number = flow.complaint.contact.get(contact.MAIL, 1)
    if not number:
        return None
    event_key = event_log.of_complaint(ref, number)
    keys = private_values.keys_of_event(ref, number)
    entries = wiring.store.get([event_key, *keys])
    event = event_log.find(entries, event_key)
    opened = [private_values.try_open(wiring.sealer, ref, entries[key]) for key in keys if key in entries]
    values = private_values.visible_values([one for one in opened if one is not None], [contact.COMPLAINANT])
    if event is None:
        return None
    return contact.former(wiring.compiled.get(ref.tenant, event.policy).document, values)
