"""Values as YAML on one line, with quotes only where the language's reader needs them."""

from __future__ import annotations

import json
import re
from typing import Any

_PLAIN = re.compile(r"[\w./%][\w ./%:+-]*")
_PLAIN_KEY = re.compile(r"\w[\w .-]*")
_OPEN_TIME = re.compile(r"[0-9]{2}:")
"""Authors quote these, because YAML 1.1 reads some as numbers of base 60."""
_OTHER_VALUE = re.compile(r"true|false|yes|no|on|off|null|~|-?[0-9]+(\.[0-9]+)?")


def text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _key(key: str | int) -> str:
    return str(key) if _PLAIN_KEY.fullmatch(str(key)) else json.dumps(key, ensure_ascii=False)


def _is_plain(value: str) -> bool:
    clear = _PLAIN.fullmatch(value) and not value.endswith((":", " ")) and ": " not in value
    return bool(clear) and _OTHER_VALUE.fullmatch(value) is None and _OPEN_TIME.match(value) is None
