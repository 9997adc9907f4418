"""Writes a value as YAML: in one line, or as a block. Texts stay plain where YAML 1.1 and 1.2 read the same text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.policy.reading.yaml_text import load

_WIDTH = 120
"""The columns that a value in one line may reach; a longer one becomes a block."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PRINTED = re.compile("[\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_READS_ELSEWHERE = re.compile(r"[-+.]?[0-9][-+.:0-9eE_TZ ]*+$|0[xob][0-9a-fA-F_]*+$|=$", re.ASCII)
"""What other readers of YAML take for a number, a date or a time of day."""
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ""})


def in_line(value: Any, quotes: str | None = None, *, flow: bool = True) -> str:
    """`quotes`: of the text that it replaces, which it keeps. `flow`: it stands within brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {in_line(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_line(one) for one in value) + "]"
    if isinstance(value, str):
        return _text(value, quotes, flow)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def key_text(key: str | int) -> str:
    return str(key) if isinstance(key, int) else _text(key, None, True)


def _text(text: str, quotes: str | None, flow: bool) -> str:
    if quotes == "'" and _PRINTED.fullmatch(text[:1] or " ") and all(map(_PRINTED.match, text)):
        return "'" + text.replace("'", "''") + "'"
    if quotes == '"' or not _is_plain(text, flow):
        return '"' + "".join(_escaped(one) for one in text) + '"'
    return text


def _is_plain(text: str, flow: bool) -> bool:
    """Whether the text needs no quotes: tried, since the rules of YAML depend on the characters around."""
    if text.lower() in _WORDS or _READS_ELSEWHERE.match(text) or not all(map(_PRINTED.match, text)):
        return False
    tried, meant = (f"{{{text}: [{text}]}}", {text: [text]}) if flow else (f"- a: {text}", [{"a": text}])
    try:
        return bool(load(tried)[0] == meant)
    except PolicyFault:
        return False


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    if _PRINTED.match(one):
        return one
    code = ord(one)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def fits(line: str, column: int) -> bool:
    return "\n" not in line and column + len(line) <= _WIDTH


def as_block(value: Any, column: int, step: int, newline: str, *, force: bool = False) -> str:
    """What follows a key or dash whose own line starts at `column`: ` value`, or lines that are indented by `step`.

    `force`: lines also for a map that fits into one line.
    """
    if isinstance(value, str) and "\n" in value:
        literal = _literal(value, column + step, newline)
        return literal if literal is not None else " " + in_line(value, '"')
    line = in_line(value, flow=isinstance(value, Mapping | list))
    if not isinstance(value, Mapping | list) or not value or (fits(line, column + 20) and not force):
        return " " + line
    indent = newline + " " * (column + step)
    if isinstance(value, list):
        return "".join(f"{indent}-{item(one, column + step, step, newline)}" for one in value)
    return "".join(
        f"{indent}{key_text(key)}:{as_block(one, column + step, step, newline)}" for key, one in value.items()
    )


def item(value: Any, column: int, step: int, newline: str) -> str:
    """What follows the dash of an item at `column`. A map that does not fit into the line starts in it."""
    if isinstance(value, Mapping) and value and not fits(in_line(value), column + 2):
        lines = (f"{key_text(key)}:{as_block(one, column + 2, step, newline)}" for key, one in value.items())
        return " " + (newline + " " * (column + 2)).join(lines)
    return as_block(value, column, step, newline)


def _literal(text: str, column: int, newline: str) -> str | None:
    """The text as `|`, if it reads as the same: not with spaces at its start, nor with what cannot be printed."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if not body or ends > 1 or any(not _PRINTED.match(one) for one in body.replace("\n", "")):
        return None
    mark = "|" if ends else "|-"
    indent = " " * column
    lines = [indent + line if line else "" for line in body.split("\n")]
    written = mark + newline + newline.join(lines)
    try:
        read = load(f"a: {written}\n" if column else f"{written}\n")[0]
    except PolicyFault:
        return None
    return " " + written if (read["a"] if column else read) == text else None


def quotes_of(style: str | None) -> str | None:
    return style if style in ("'", '"') else None
