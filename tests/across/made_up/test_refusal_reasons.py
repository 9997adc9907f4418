"""A reason for refusing a file is its row, and one that this version does not know is told neutrally."""

from __future__ import annotations

import ast
import json

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.evidence import item
from chalicelib.features.evidence.refusal import REASONS
from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.store.port import Update
from infra.checks import trees
from tests.across.made_up.asking import Played, Told, answers, played_in
from tests.across.made_up.rows import VALUES, row_like
from tests.across.made_up.shop import policy_of
from tests.clauses.giving import given
from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import EICAR

NEW = "signed-elsewhere"
"""A reason that no row has."""
PAGE = "/t/{tenant}/case/{number}"


@pytest.fixture
def refused() -> Played:
    """The open complaint of a shop has a file that was refused for the new reason, as its item says."""
    world = InProcess("2026-11-27T09:00:00+00:00")
    shop = sign_up_with(world, json.dumps(policy_of("text", row_like("text"), VALUES["text"])))
    found = played_in(shop, VALUES["text"])
    given(shop, found.second, "document", EICAR, "text/plain", auth=shop.auth("agent"))
    store = world.fakes.store
    [entry] = [entry for entry in store.everything() if entry.kind == item.KIND]
    assert item.parse(entry).reason == "malware"
    version = entry.version or 0
    later = replace(entry, body=entry.body.replace('"reason":"malware"', f'"reason":"{NEW}"'), version=version + 1)
    with binding.tenant(shop.id):
        store.commit([Update(later, expected=version)])
    return found


def told_of(found: Played) -> dict[str, Told]:
    told = {one.asked: one for one in answers(found)}
    assert [one for one in told.values() if one.status >= 500] == []
    return told


@pytest.mark.slow
def test_a_reason_of_a_later_version_is_told_neutrally(refused: Played) -> None:
    told = told_of(refused)
    assert "Refused: it did not pass the check" in told[PAGE].text
    assert "未通过检查" in told["get_case_file as agent"].text
    assert f'"reason":"{NEW}"' in told["list_evidence as agent"].text


@pytest.mark.slow
def test_a_new_reason_is_told_in_the_words_of_its_row(refused: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue.texts("refusal_reasons"), NEW, InBoth("it is signed elsewhere", "在别处签名"))
    told = told_of(refused)
    assert "Refused: it is signed elsewhere" in told[PAGE].text
    assert "原因：在别处签名" in told["get_case_file as agent"].text


def test_every_reason_that_the_program_gives_has_a_row() -> None:
    calls = [
        node
        for path in trees.files("chalicelib/features/evidence")
        for node in trees.nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Refusal", "refuse.refuse")
    ]
    given = [part for call in calls for argument in call.args for part in _texts(argument)]

    assert set(given) == set(REASONS) == catalogue.texts("refusal_reasons").keys() - {"unknown"}


def _texts(argument: ast.expr) -> list[str]:
    """The texts that the argument can be, without those that a condition compares."""
    if isinstance(argument, ast.IfExp):
        return [*_texts(argument.body), *_texts(argument.orelse)]
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []
