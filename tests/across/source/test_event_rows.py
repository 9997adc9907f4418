"""Each event that the program adds to a complaint is a row of `EVENT_TERMS`."""

from __future__ import annotations

import ast

from chalicelib.complaints.applying import evolve
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from infra.checks import trees


def test_every_event_that_the_program_adds_has_a_row() -> None:
    """`scored` is of units only, which no webhook gets."""
    calls = [
        node
        for path in trees.files("chalicelib")
        for node in trees.nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("flow.add", "EventDraft") and node.args
    ]
    added = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}

    assert len(added) > 15
    assert added - EVENT_TERMS.keys() == {"scored"}
    assert evolve._CHANGES.keys() == EVENT_TERMS.keys() | {"scored"}
