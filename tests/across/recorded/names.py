"""Names in the place of random values, so that two recordings of the same story can be compared.

Ids, salted digests and hashes differ from one playing to another. A value that a story knows, such as the id of a
person, has its name. Another one is named by its order in the document, so that equal values stay equal: the `prev` of
an event is the `hash` of the one before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_RANDOM = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # UUIDs
    r"|\bk1\.[\w-]{43,}"  # receipts of the first form, and keyed hashes
    r"|\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2,3}\b"  # receipts, references of reports
    r"|(?<=/file/)[\w-]{22}\b"  # drafts of filings
    r"|\bwhsec_[\w+/]+=*|(?<=Password: )[\w-]+|(?<=密码：)[\w-]+"  # secrets
    r"|(?<!\"sha256\": \")(?:\b|(?<=wh_))(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})\b"  # digests with salt, other ids
    r"|(?<=\.)[0-9a-f]{12}(?=\.(?:css|js|svg)\b)"  # versions of static files
)
_SEALED = ("cursor", "token", "webhook-signature")
"""Members with a sealed or signed text."""
ZEROS = "0" * 64
"""`prev` of the first event."""


class Names:
    """`known`: the name of each value that the story knows."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = {**known, ZEROS: ZEROS}

    def of(self, document: Any) -> Any:
        """The document, which is JSON, with names. Keys are sorted, since their order says nothing."""
        text = json.dumps(_unsealed(document), ensure_ascii=False, sort_keys=True)
        found: dict[str, str] = {}
        return json.loads(_RANDOM.sub(lambda match: self._name(match[0], found), text))

    def _name(self, value: str, found: dict[str, str]) -> str:
        return self._known.get(value) or found.setdefault(value, f"random-{len(found) + 1}")


def _unsealed(value: Any) -> Any:
    if isinstance(value, list):
        return [_unsealed(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: "sealed" if name in _SEALED and isinstance(one, str) else _unsealed(one) for name, one in value.items()
    }


def difference(old: Any, new: Any, place: str = "") -> str:
    """Says where the second document first differs from the first, and how. Empty if they are the same."""
    if type(old) is not type(new):
        return f"{place or '/'}: was {_short(old)}, is {_short(new)}"
    if isinstance(old, dict):
        missing = [
            f"{place}/{name}: {'is gone' if name in old else 'is new'}" for name in sorted(old.keys() ^ new.keys())
        ]
        inside = (difference(old[name], new[name], f"{place}/{name}") for name in sorted(old.keys() & new.keys()))
        return next(filter(None, [*missing, *inside]), "")
    if isinstance(old, list):
        inside = (difference(*both, f"{place}/{at}") for at, both in enumerate(zip(old, new, strict=False)))
        counted = "" if len(old) == len(new) else f"{place}: were {len(old)} items, are {len(new)}"
        return next(filter(None, inside), counted)
    return "" if old == new else f"{place or '/'}: was {_short(old)}, is {_short(new)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:300]}…"
