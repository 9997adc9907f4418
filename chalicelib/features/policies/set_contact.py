"""Command: change how the organisation is reached. It publishes the version in force again, with another `contact`.

The text of the author stays, with its comments, apart from that part. If the part cannot be replaced in it so that
nothing else changes, the version is published without a text.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from chalicelib.features.policies import publish
from chalicelib.features.policies.publish import Publish
from chalicelib.kit.problem import Problem
from chalicelib.ports.policy_source import Document, PolicyObject, PolicySource
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.publication import policy_text, policy_version
from chalicelib.wiring import Wiring

_KEY = "contact"
_NEXT_PART = re.compile(r"^[^\s#]", re.MULTILINE)
"""The first character of a part of the document: it stands at the beginning of its line."""


def set_contact(wiring: Wiring, command: OwnerCommand, contact: dict[str, Any]) -> Answer:
    """201 with the version; 200 without one if nothing changes. `contact`: as in a policy, with what is said alone.

    Raises `Problem`: `forbidden`, and as `publish.publish`. Faults are below `/policy/contact`.
    """
    loaded = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(loaded, Answer):
        return loaded
    version = policy_version.read_version(wiring.store, command.tenant, loaded.organisation.policy_at(command.now))
    before = version.document
    after = {**before, _KEY: contact}
    if wiring.policies.read(after).body == bytes(version.policy):
        return Answer(200, None)
    source = policy_text.written(wiring.store, command.tenant, version)
    document = after if source is None else _in_text(wiring.policies, source, after)
    return publish.publish(wiring, command, Publish(policy=document))


def _in_text(policies: PolicySource, source: str, after: PolicyObject) -> Document:
    """The text with the new part, if it then says what `after` says."""
    text = _replaced(source, f"{_KEY}: {json.dumps(after[_KEY], ensure_ascii=False)}\n")
    try:
        same = policies.read(text).body == policies.read(after).body
    except Problem:
        return after
    return text if same else after


def _replaced(source: str, part: str) -> str:
    """Of a text without the part: added at its end. Comments behind the part belong to the next one."""
    lines = source.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{_KEY}:")), None)
    if start is None:
        return source.rstrip("\n") + "\n\n" + part
    end = next((at for at in range(start + 1, len(lines)) if _NEXT_PART.match(lines[at])), len(lines))
    while end > start + 1 and re.match(r"\s*(?:#|$)", lines[end - 1]):
        end -= 1
    return "".join([*lines[:start], part, *lines[end:]])


class SaidContact(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said, each as text; empty without it. Of a text in one language, the other one has it too."""

    phone: str = ""
    email: str = ""
    address_zh: str = ""
    address_en: str = ""
    hours_zh: str = ""
    hours_en: str = ""
    outside_zh: str = ""
    outside_en: str = ""
    outside_url: str = ""

    def as_part(self) -> dict[str, Any]:
        """As `set_contact` takes it."""
        outside = {"name": _label(self.outside_zh, self.outside_en), "url": self.outside_url}
        said = {
            "phone": self.phone,
            "email": self.email,
            "address": _label(self.address_zh, self.address_en),
            "hours": _label(self.hours_zh, self.hours_en),
            "outside": {name: value for name, value in outside.items() if value},
        }
        return {name: value for name, value in said.items() if value}


def _label(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh or en, "en": en or zh} if zh or en else {}


def said_by(policy: PolicyObject) -> SaidContact:
    """What a document in its full form says."""
    contact = policy.get(_KEY) or {}
    labels = {name: contact.get(name) or {} for name in ("address", "hours")}
    outside = contact.get("outside") or {}
    labels["outside"] = outside.get("name") or {}
    said = {f"{name}_{language}": label.get(language, "") for name, label in labels.items() for language in label}
    return SaidContact(
        phone=contact.get("phone") or "", email=contact.get("email") or "", outside_url=outside.get("url") or "", **said
    )
