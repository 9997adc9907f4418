"""Writes `forms.json`: the members of each form with its version, and the words of the policy language.

Run `python -m tests.across.stored.write` after a change, with the form's new version. New words of the policy language
raise their edition by themselves, which is the version of the form `policy`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from chalicelib.policy.written_form import written_form
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import EDITION
from tests.across.stored import registry
from tests.helpers.left_out import is_whole

FILE = Path(__file__).with_name("forms.json")
EDITION_FILE = Path(policy_version.__file__)


def current() -> dict[str, Any]:
    found: dict[str, Any] = {
        name: {"version": one.version, "members": registry.members(one.body)}
        for name, one in sorted(registry.forms().items())
        if registry.members(one.body)
    }
    found["policy"]["words"] = sorted(_words(written_form()))
    return found


def recorded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return {name: one for name, one in found.items() if is_whole() or name in registry.forms()}


def _words(schema: Any) -> set[str]:
    """The keys that a schema has, and the values of its enumerations."""
    if isinstance(schema, list):
        return set[str]().union(*map(_words, schema))
    if not isinstance(schema, dict):
        return set()
    own = {*schema.get("properties", {}), *(str(one) for one in schema.get("enum", []))}
    return own.union({str(schema["const"])} if "const" in schema else (), *map(_words, schema.values()))


def unraised() -> list[str]:
    """The forms that have changed since they were recorded, and have the same version."""
    before, now = recorded(), current()
    return [
        name for name, one in before.items() if one["version"] == now.get(name, one)["version"] and one != now.get(name)
    ]


def with_words(found: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The forms, with the next edition of the language if only its words have changed since."""
    now, then = found["policy"], before["policy"]
    if now["version"] != then["version"] or now["words"] == then["words"] or now["members"] != then["members"]:
        return found
    return {**found, "policy": {**now, "version": then["version"] + 1}}


def _write() -> None:
    found, left = with_words(current(), recorded()), set(unraised())
    if found["policy"]["version"] != EDITION:
        text = re.sub(
            r"(?m)^EDITION = \d+$", f"EDITION = {found['policy']['version']}", EDITION_FILE.read_text("utf-8")
        )
        EDITION_FILE.write_text(text, "utf-8")
        left.discard("policy")
    if left:
        raise SystemExit(f"raise the version of: {', '.join(sorted(left))}")
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    _write()
