"""XES (IEEE 1849): a trace for each complaint, with the extensions concept, lifecycle, time and organizational."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import quoteattr

from chalicelib.features.exports.mining.logged import Attribute, AttributeType, LoggedEvent

NAME = "log.xes"
_ELEMENTS: dict[AttributeType, str] = {"string": "string", "time": "date", "integer": "int", "boolean": "boolean"}
_NOT_IN_NAMES = r"[^\w.-]"
_NOT_IN_XML = r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_EXTENSIONS = (("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Time", "time"), ("Organizational", "org"))
_GLOBALS = (
    ("trace", (("string", "concept:name", "complaint"),)),
    (
        "event",
        (
            ("string", "concept:name", "event"),
            ("string", "lifecycle:transition", "complete"),
            ("date", "time:timestamp", "1970-01-01T00:00:00.000Z"),
        ),
    ),
)
_CLASSIFIERS = (
    ("Activity", "concept:name lifecycle:transition"),
    ("Resource", "org:resource"),
    ("Role", "org:role"),
)
_OF_TRACES = ("about.channel", "category.")
"""The attributes of the first event that the trace has too."""


def begin() -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">',
        *(
            f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
            for name, prefix in _EXTENSIONS
        ),
        *(
            f'<global scope="{scope}">{"".join(_element(*one) for one in attributes)}</global>'
            for scope, attributes in _GLOBALS
        ),
        *(f'<classifier name="{name}" scope="event" keys="{keys}"/>' for name, keys in _CLASSIFIERS),
        _element("string", "concept:name", "complaints"),
        _element("string", "lifecycle:model", "standard"),
        "",
    ]
    return "\n".join(lines).encode()


def trace(id_: str, events: Sequence[LoggedEvent]) -> bytes:
    """The events of one complaint, in the order of its record."""
    first = [one for one in events[0].attributes if one.name.startswith(_OF_TRACES)]
    inner = [_element("string", "concept:name", id_), *map(_attribute, first), *map(_event, events)]
    return f"<trace>{''.join(inner)}</trace>\n".encode()


def end() -> bytes:
    return b"</log>\n"


def _event(one: LoggedEvent) -> str:
    standard = [
        _element("string", "concept:name", one.type),
        *_related(one, "concept:instance", ("opens", "completes", "makes", "answers", "lapses", "file")),
        _element("string", "lifecycle:transition", "complete"),
        _element("date", "time:timestamp", one.time),
        *_related(one, "org:resource", ("actor",)),
        *(_element("string", "org:role", each.text) for each in one.attributes if each.name == "role"),
        *_related(one, "org:group", ("unit",)),
        *_related(one, "policy", ("policy",)),
    ]
    return f"<event>{''.join([*standard, *map(_attribute, one.attributes)])}</event>"


def _related(one: LoggedEvent, key: str, qualifiers: Iterable[str]) -> Iterator[str]:
    found = next(filter(None, map(one.related, qualifiers)), None)
    if found is not None:
        yield _element("string", key, found)


def _attribute(one: Attribute) -> str:
    return _element(_ELEMENTS[one.type], re.sub(_NOT_IN_NAMES, "_", one.name), one.text)


def _element(kind: str, key: str, value: str) -> str:
    return f"<{kind} key={quoteattr(key)} value={quoteattr(re.sub(_NOT_IN_XML, '', value))}/>"
