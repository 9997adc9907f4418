"""Words of a later release that may say who may read: nothing is read without them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit.decoding import fields_of
from chalicelib.policy.language.model import PolicyDocument, PrintedForm
from chalicelib.policy.language.parts import ActorSelector, Confidentiality, PeopleSelector, RoleSelector
from chalicelib.policy.language.stages import Act, Approval, NotificationRule
from chalicelib.policy.reading import rights
from infra.checks import trees
from tests.across.stored.shop import Change, publish_later, world_of
from tests.clauses.organisation import Organisation


def _update(*path: str, **members: Any) -> Change:
    def change(policy: dict[str, Any]) -> None:
        part = policy
        for step in path:
            part[step] = part.get(step) or {}
            part = part[step]
        part.update(members)

    return change


WORDS: dict[str, tuple[Change, str]] = {
    "a selection of people": (
        _update("confidentiality", complainant=[{"role": "handler", "of": "team"}]),
        "/confidentiality/complainant/0/of",
    ),
    "a restriction of a selection": (
        _update("confidentiality", content=[{"role": "handler", "not": ["decided"]}]),
        "/confidentiality/content/0/not",
    ),
    "another form of a list": (_update("confidentiality", complainant={"any_of": []}), "/confidentiality/complainant"),
    "whether reads are logged": (_update("confidentiality", reads="sampled"), "/confidentiality/reads"),
    "a key of the confidentiality": (_update("confidentiality", judges=["handler"]), "/confidentiality/judges"),
    "a holder": (_update("fields", "verdict", holder="judges"), "/fields/verdict/holder"),
    "a key of a fact": (_update("fields", "verdict", seen_by=["handler"]), "/fields/verdict/seen_by"),
    "facts in another form": (lambda policy: policy.update(fields=[policy["fields"]]), "/fields"),
    "who prints a form": (
        _update(
            forms={
                "order": {
                    "name": {"zh": "工单"},
                    "by": [{"role": "handler", "of": "team"}],
                    "sections": [{"lines": [{"shows": "number"}]}],
                }
            }
        ),
        "/forms/order/by/0/of",
    ),
    "the complainant's phone": (_update("intake", phone={"fact": "complainant.contact"}), "/intake/phone"),
    "the complainant's addresses": (_update("intake", email="complainant.email"), "/intake/email"),
    "respondents": (_update("intake", unit="several"), "/intake/unit"),
    "supervisors": (_update("supervision", by=[{"role": "handler"}]), "/supervision/by/0"),
    "other supervision": (_update("supervision", outside={"by": ["handler"]}), "/supervision/outside"),
    "an audience": (
        _update("publicity", "figures", every="month", shows=["received"], audience="members"),
        "/publicity/figures/audience",
    ),
}
"""A word of each sort, with its place."""
each_word = pytest.mark.parametrize(("change", "place"), WORDS.values(), ids=WORDS)


@each_word
@pytest.mark.parametrize("who", ["owner", "handler"])
def test_nothing_is_read_without_it(shop: Organisation, change: Change, place: str, who: str) -> None:
    number = shop.file()
    publish_later(shop, change)
    answer = shop.world.call("GET", f"{shop.path}/complaints/{number}", auth=shop.auth(who))
    assert (answer.status, answer.json["type"]) == (503, "/v1/problems/unavailable")
    assert place in answer.json["detail"]


def test_it_is_counted(shop: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    number = shop.file()
    publish_later(shop, WORDS["a holder"][0])
    capsys.readouterr()
    assert shop.world.call("GET", f"{shop.path}/complaints/{number}", auth=shop.auth("owner")).status == 503
    assert '"LaterRelease":[1.0]' in capsys.readouterr().out


def test_nothing_is_written_without_it(shop: Organisation) -> None:
    before = world_of(shop).fakes.store.everything()
    publish_later(shop, WORDS["a holder"][0])
    assert shop.try_file().status == 503
    assert len(world_of(shop).fakes.store.everything()) == len(before)


def test_owners_can_publish_a_version_without_it(shop: Organisation) -> None:
    """The way out, if the later release does not come back."""
    before = shop.get("/policy", "owner")["policy"]
    publish_later(shop, WORDS["a holder"][0])
    answer = shop.world.call("POST", f"{shop.path}/policy/publish", {"policy": before}, auth=shop.auth("owner"))
    assert answer.status == 201, answer.text
    shop.world.move_to("2026-11-28T09:00:00+08:00")
    assert shop.try_file().status == 201


@pytest.mark.parametrize(
    "path", [("fields", "verdict", "kind"), ("forms", "order", "sections", 0, "lines", 0, "mood"), ("mediation",)]
)
def test_other_words_leave_the_rest_readable(path: tuple[str | int, ...]) -> None:
    assert not rights.may_restrict(path)


def test_every_selection_of_readers_is_such_a_part() -> None:
    """Selections of people outside of acts and messages say who reads."""
    selections = {RoleSelector, PeopleSelector, ActorSelector}
    found = {
        (part, field.encode_name)
        for part in rights.structs_in(PolicyDocument) - {Act, Approval, NotificationRule}
        for field in fields_of(part)
        if rights.structs_in(field.type) and rights.structs_in(field.type) <= selections
    }
    assert found == {(Confidentiality, "complainant"), (Confidentiality, "content"), (PrintedForm, "by")}
    assert {part for part, _ in found} <= rights.PARTS.keys()


READING = ("casework/masking.py", "casework/private_values.py", "complaints/rights/confidentiality.py")
"""The modules that decide who reads what."""


def _read_of_the_document(path: Path) -> set[tuple[str, ...]]:
    """The places of the document that the module reads by name, such as `policy.document.intake.phone`."""
    named = dict[str, tuple[str, ...]]()

    def place(node: ast.AST) -> tuple[str, ...] | None:
        if isinstance(node, ast.Name):
            return named.get(node.id)
        if not isinstance(node, ast.Attribute):
            return None
        behind = () if node.attr == "document" else place(node.value)
        return behind if behind is None or node.attr == "document" else (*behind, node.attr)

    for node in trees.nodes(path):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found = place(node.value)
            if found is not None:
                named[node.targets[0].id] = found
    return {found for node in trees.nodes(path) if (found := place(node))}


def test_everything_that_masks_and_confidentiality_read_is_such_a_part() -> None:
    read = {place for module in READING for place in _read_of_the_document(trees.ROOT / "chalicelib" / module)}
    assert {("intake", "phone"), ("intake", "email"), ("intake", "unit"), ("confidentiality",)} <= read
    assert [place for place in sorted(read) if not rights.may_restrict(place)] == []
