"""Events are stored and read in one module only, so that a change of their stored form has one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from infra.checks import trees

PROGRAM = trees.ROOT / "chalicelib"
EVENT_LOG = "store/event_log.py"
READS = {"decode", "convert", "Form", "read_part", "decode_later"}
"""Functions of msgspec, and of stored forms, that make a value of a type."""


def traces(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The places of a module that know how events are stored: their ranges of keys, and their decoding."""
    names = {name for node in nodes for name in _names_of_the_keys(node)}
    for node in nodes:
        if isinstance(node, ast.Attribute) and _is_range(node.attr) and _name(node.value) in names:
            yield f"keys.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chalicelib.store.keys"):
            yield from (f"keys.{one.name}" for one in node.names if _is_range(one.name))
        elif isinstance(node, ast.Call) and _name(node.func) in READS and any(map(_is_event, _arguments(node))):
            yield "decoding of an event"


def _is_range(name: str) -> bool:
    """True for a range of an aggregate's events in `store.keys`."""
    return name.startswith("EVENTS") or name == "events"


def _names_of_the_keys(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module == "chalicelib.store":
        yield from (one.asname or one.name for one in node.names if one.name == "keys")


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_event(argument: ast.expr) -> bool:
    """True for the type `Event`, also inside another type such as `list[Event]`."""
    return any(_name(node) in ("Event", "Envelope") for node in ast.walk(argument))


def _modules() -> list[str]:
    return [str(path.relative_to(PROGRAM)) for path in trees.files("chalicelib")]


@cache
def _traces_of(module: str) -> set[str]:
    return set(traces(trees.nodes(PROGRAM / module)))


def test_only_the_event_log_reads_the_range_of_events() -> None:
    assert {one for one in _modules() if any(trace.startswith("keys.") for trace in _traces_of(one))} == {EVENT_LOG}


def test_only_the_event_log_decodes_events() -> None:
    """The core makes an event of a draft: no stored item is read there."""
    found = {one for one in _modules() if "decoding of an event" in _traces_of(one)}
    assert found == {EVENT_LOG, "complaints/envelope.py"}


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("from chalicelib.store import keys\nfound = items(store, pk, keys.EVENTS)", "keys.EVENTS"),
        ("from chalicelib.store import keys\n_ALL = keys.EVENTS_TO_EVIDENCE", "keys.EVENTS_TO_EVIDENCE"),
        ("from chalicelib.store import keys\nfound = items(store, pk, keys.events(1, 2))", "keys.events"),
        ("from chalicelib.store.keys import EVENTS", "keys.EVENTS"),
        ("from chalicelib.store.keys.aggregates import EVENTS", "keys.EVENTS"),
        ("event = msgspec.json.decode(entry.body, type=Event)", "decoding of an event"),
        ('FORM = Form("event", Event)', "decoding of an event"),
        ("event = FORM.read_part(entry, Envelope)", "decoding of an event"),
        ("event = msgspec.convert(found, list[envelope.Event])", "decoding of an event"),
    ],
)
def test_a_second_reader_is_found(text: str, trace: str) -> None:
    assert set(traces(trees.nodes_in(text))) == {trace}


def test_the_events_of_the_policy_language_are_no_traces() -> None:
    nodes = trees.nodes_in("from chalicelib.policy.language.vocabulary import EVENTS\nfound = EVENTS - passive")
    assert set(traces(nodes)) == set()
