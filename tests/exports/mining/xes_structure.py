"""What the schema of IEEE 1849 (`xes-ieee-1849-2016.xsd`) demands of a XES file, as rules of our own.

No package of a registry has that schema, and this repository holds no code of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.exports.mining.logs import XES

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_VALUES = {"string": r"(?s).*", "date": _TIME, "int": r"[+-]?\d+", "boolean": "true|false|0|1", "id": ".*"}
_ORDER = ("extension", "global", "classifier", "attribute", "trace", "event")
"""The order of the parts of a log. The attributes of each part come before its events."""
_NAME = r"[^\W\d][\w.:-]*"
_PREFIXES = ("concept", "lifecycle", "time", "org")
_STANDARD = {
    "concept": ("name", "instance"),
    "lifecycle": ("model", "transition"),
    "time": ("timestamp",),
    "org": ("resource", "role", "group"),
}
"""The keys that these extensions define."""
_NEEDED = {"extension": ("name", "prefix", "uri"), "classifier": ("name", "keys"), "global": ("scope",)}


def faults(log: Element) -> list[str]:
    if log.tag != f"{XES}log" or not re.fullmatch(r"\d+(\.\d+)?", log.get("xes.version", "")):
        return ["it is no log with a version"]
    return [*_in_order(log, _ORDER), *_heads(log), *_traces(log), *_globals(log)]


def _kind(element: Element) -> str:
    name = element.tag.removeprefix(XES)
    return "attribute" if name in _VALUES else name


def _in_order(element: Element, order: tuple[str, ...]) -> Iterator[str]:
    kinds = [_kind(one) for one in element]
    if not set(kinds) <= set(order) or kinds != sorted(kinds, key=order.index):
        yield f"{element.tag}: its parts are not those of the schema, or not in its order"


def _heads(log: Element) -> Iterator[str]:
    for one in log:
        missing = [name for name in _NEEDED.get(_kind(one), ()) if not one.get(name)]
        if missing:
            yield f"{one.tag}: {missing} is missing"
        if _kind(one) == "attribute":
            yield from _attribute(one)
    if [one.get("prefix") for one in log.findall(f"{XES}extension")] != list(_PREFIXES):
        yield "the extensions are not declared"


def _traces(log: Element) -> Iterator[str]:
    for trace in log.findall(f"{XES}trace"):
        yield from _in_order(trace, ("attribute", "event"))
        for event in (trace, *trace.findall(f"{XES}event")):
            for one in (one for one in event if _kind(one) == "attribute"):
                yield from _attribute(one)
            keys = [one.get("key") for one in event if _kind(one) == "attribute"]
            if len(keys) != len(set(keys)):
                yield "a key occurs twice"


def _attribute(one: Element) -> Iterator[str]:
    key, value = one.get("key", ""), one.get("value")
    prefix, _, name = key.rpartition(":")
    if not re.fullmatch(_NAME, key) or (prefix and name not in _STANDARD.get(prefix, ())):
        yield f"{key}: is no key of the standard"
    if value is None or not re.fullmatch(_VALUES[one.tag.removeprefix(XES)], value):
        yield f"{key}: {value} is not of its type"


def _globals(log: Element) -> Iterator[str]:
    """Each trace and event has what the globals promise."""
    for promised in log.findall(f"{XES}global"):
        keys = {one.get("key") for one in promised}
        for element in log.iter(f"{XES}{promised.get('scope')}"):
            if not keys <= {one.get("key") for one in element}:
                yield f"a {promised.get('scope')} lacks a global attribute"
