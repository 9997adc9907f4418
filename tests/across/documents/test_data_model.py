"""docs/data-model.md describes each kind of item that the code has, and each event type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.complaints.envelope import Event
from chalicelib.features.repair.parts import parts
from chalicelib.features.repair.step import STAGES
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.store.keys import LOOKUP_KIND, LOOKUPS
from infra.checks import trees
from tests.across.documents.references import ROOT, tracked
from tests.across.recorded import files
from tests.across.recorded.write import EVENTS
from tests.helpers.left_out import is_whole

PAGE = (ROOT / "docs" / "data-model.md").read_text("utf-8")
EVENT_ROWS = dict(re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*)$", PAGE.partition("## Events")[2], re.MULTILINE))
_KIND_ROWS = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| `", PAGE, re.MULTILINE)
KINDS = {name for row in _KIND_ROWS for name in row.strip("`").split("`, `")}


MAKERS = ("chalicelib/store/models.py", "chalicelib/store/stored_form.py")
"""Make entries from stored items and from forms, whose kinds they take as they are."""


def kinds_in_the_code() -> list[tuple[str, str]]:
    """The name and the value of each constant that ends in `KIND`. `JOB_KIND` is the kind of a job, not of an item."""
    return [kind for file in tracked("chalicelib/*.py") for kind in _constants(file)]


def _constants(file: Path) -> list[tuple[str, str]]:
    return [
        (node.targets[0].id, str(node.value.value))
        for node in trees.tree(file).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and re.fullmatch(r"(?!JOB)\w*KIND", node.targets[0].id)
    ]


def kinds_of_forms() -> list[str]:
    """The kind of each form, which is written in place, or is a constant of its module or of the keys."""
    keys = dict(_constants(ROOT / "chalicelib" / "store" / "keys" / "aggregates.py"))
    return [
        str(kind.value) if isinstance(kind, ast.Constant) else {**keys, **dict(_constants(file))}[_last_name(kind)]
        for file in tracked("chalicelib/*.py")
        for kind in _of_forms(file)
    ]


def _last_name(dotted: ast.expr) -> str:
    return ast.unparse(dotted).rpartition(".")[2]


def _of_forms(file: Path) -> Iterator[ast.expr]:
    nodes = trees.nodes(file)
    imports = [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    if "chalicelib.store.stored_form" in imports:
        yield from (node.args[0] for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "Form")


def kinds_of_writes() -> Iterator[tuple[str, ast.expr]]:
    """Each expression that gives a new item its kind: of `Entry`, `Add` and the store's `count`."""
    for file in tracked("chalicelib/*.py"):
        place = str(file.relative_to(ROOT))
        for call in trees.nodes(file):
            if isinstance(call, ast.Call) and place not in MAKERS:
                yield from ((f"{place}:{kind.lineno}", kind) for kind in _kinds_of(call))


def _kinds_of(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func)
    if name in ("Entry", "port.Entry"):
        found = [keyword.value for keyword in call.keywords if keyword.arg == "kind"]
    elif name in ("Add", "port.Add") or name.endswith("store.count"):
        found = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "kind")]
    else:
        return
    assert len(found) == 1, ast.unparse(call)
    [kind] = found
    yield from (kind.body, kind.orelse) if isinstance(kind, ast.IfExp) else [kind]


def test_each_kind_of_item_in_the_code_is_described() -> None:
    assert sorted({*kinds_of_forms(), *(kind for _, kind in kinds_in_the_code())} - KINDS) == []


def test_each_look_up_is_described() -> None:
    rows = PAGE.partition("### Look-ups")[2].partition("## ")[0]
    named = {*re.findall(r"#X#([a-z-]+)#", PAGE), *re.findall(r"`([a-z]+)`", rows)}
    assert sorted(LOOKUPS.keys() - named) == []


def every() -> set[str]:
    """Of the code, named as in the first columns of the tables."""
    kinds = {*(kind for _, kind in kinds_in_the_code()), *kinds_of_forms()} - {LOOKUP_KIND}
    return {f"kind {kind}" for kind in kinds} | {f"look-up {name}" for name in LOOKUPS}


def classified(table: str) -> list[str]:
    """The kinds and look-ups of the first column, as `kind x` and `look-up x`."""
    rows = re.findall(r"^\| ((?:kind|look-up)s? `.*?) \| ", table, re.MULTILINE)
    parts = [part for row in rows for part in row.split("; ")]
    found = [
        f"{part.split('s `')[0].split(' `')[0]} {name}" for part in parts for name in re.findall(r"`([^`]+)`", part)
    ]
    return [one for one in found if is_whole() or one in every()]


DERIVED, _, ORIGINAL = PAGE.partition("## What is derived")[2].partition("## Events")[0].partition("All others")
ROWS_OF_REPAIR = (*parts(), *STAGES.values())


def test_each_kind_and_look_up_is_either_repaired_or_has_a_reason() -> None:
    assert sorted([*classified(DERIVED), *classified(ORIGINAL)]) == sorted(every())


def test_what_is_described_as_derived_is_what_a_repair_writes() -> None:
    kinds = [f"kind {kind}" for row in ROWS_OF_REPAIR for kind in row.kinds]
    look_ups = [f"look-up {name}" for row in ROWS_OF_REPAIR for name in row.lookups]

    assert sorted(classified(DERIVED)) == sorted([*kinds, *look_ups])


def test_each_new_item_has_a_constant_as_its_kind() -> None:
    """So that the tests here see every kind."""
    known = {name for name, _ in kinds_in_the_code()}
    written = [(place, ast.unparse(kind)) for place, kind in kinds_of_writes()]

    assert [one for one in written if one[1].rpartition(".")[2] not in known] == []
    assert len(written) + len(kinds_of_forms()) > 40


def test_each_event_type_is_described() -> None:
    assert sorted(EVENT_TERMS.keys() - _types()) == []


def test_each_event_type_that_was_ever_written_is_described() -> None:
    records = [events for story in files.load(EVENTS).values() for events in story["records"].values()]
    written = {event["type"] for events in records for event in events}

    assert len(written) > 40
    assert sorted(written - _types()) == []


def test_each_member_of_an_event_is_described() -> None:
    rows = PAGE.partition("## Events")[2].partition("### ")[0]
    assert sorted(name for name in Event.__struct_fields__ if name != "later" and f"`{name}`" not in rows) == []


def _types() -> set[str]:
    named = {name for names in EVENT_ROWS for name in names.strip("`").split("`, `")}
    return named | {"scored"}
