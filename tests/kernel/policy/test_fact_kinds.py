"""The registry of fact kinds: one entry for each kind, and nothing is exposed without one."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.kit.instants import HOUR, from_text
from chalicelib.kit.problem import InBoth
from chalicelib.policy.language.facts import Band, Choice, Fact, is_public
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.fact_kinds import OF_BUILT_IN_FIELDS, OF_DOCUMENTS, FactKind
from chalicelib.policy.language.values.value_context import InvalidFieldValue, ValueContext
from infra.checks import trees

PUBLIC = {
    "text": False,
    "email": False,
    "phone": False,
    "choice": True,
    "choices": True,
    "time": True,
    "date": True,
    "number": True,
    "flag": True,
    "reference": True,
    "references": True,
    "people": True,
    "conditions": True,
}
"""Whether events hold the values. Events never change, so no row may change."""
ENUMERATED = {"choice": {"s", "l"}, "choices": {"s", "l"}, "flag": {"yes", "no"}}
NOW = from_text("2026-11-27T09:00:00Z")
READ: dict[str, tuple[Any, Any]] = {
    "text": (" a ", "a"),
    "email": ("ann@example.com", "ann@example.com"),
    "phone": (" 010-00000000 转 12", "010-00000000 转 12"),
    "choice": ("s", "s"),
    "choices": (["s", "l"], ["l", "s"]),
    "time": ("2026-11-27T17:45:00+08:00", "2026-11-27T09:45:00.000Z"),
    "date": ("2026-11-27", "2026-11-27"),
    "number": (1.5, 1.5),
    "flag": (True, True),
    "reference": ("202611-000001/7", "202611-000001/7"),
    "references": (["202611-000001/1/reason/1"], ["202611-000001/1/reason/1"]),
    "people": ("ann", ["ann"]),
    "conditions": ({"s": True}, {"s": True}),
}
"""For each kind a given value and its stored form."""
KINDS = {**OF_DOCUMENTS, **OF_BUILT_IN_FIELDS}
FACT = Fact(choices={"s": Choice(zh="小"), "l": Choice(zh="大")})


def read(kind: str, value: Any) -> Any:
    return fact_kinds.read(kind, value, ValueContext(("s", "l"), FACT, NOW, NOW - HOUR))


def test_a_kind_has_one_row() -> None:
    assert OF_DOCUMENTS.keys().isdisjoint(OF_BUILT_IN_FIELDS)


def test_each_kind_stays_public_or_private() -> None:
    assert {kind: is_public(kind, FACT) for kind in KINDS} == PUBLIC


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize("holder", ["complainant", "respondent", "content", "internal"])
def test_a_fact_with_a_holder_is_private(kind: str, holder: Any) -> None:
    assert not is_public(kind, Fact(holder=holder))


def test_a_kind_without_an_entry_is_private_and_nothing_uses_it() -> None:
    unregistered = fact_kinds.of("unknown")
    assert not is_public("unknown", FACT)
    assert replace(FACT, kind="unknown").possible_values is None
    assert [unregistered.in_lookups, unregistered.is_time, unregistered.is_email_address] == [False, False, False]
    assert [unregistered.input, unregistered.is_counted, unregistered.is_free_text] == [None, False, False]


def test_a_value_of_a_kind_without_an_entry_is_refused() -> None:
    with pytest.raises(InvalidFieldValue, match="is of a kind that this service cannot read"):
        read("unknown", "00000000000")


def test_a_row_with_a_reader_alone_exposes_nothing() -> None:
    read, expected = OF_DOCUMENTS["text"].read, InBoth("an IBAN", "国际银行账号")
    assert FactKind(read=read, expected=expected) == FactKind(
        read=read,
        expected=expected,
        is_public=False,
        values="any",
        is_list=False,
        is_free_text=False,
        in_lookups=False,
        moment=None,
        is_email_address=False,
    )


def test_every_kind_has_an_example_here() -> None:
    assert READ.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", READ)
def test_each_kind_reads_a_value_into_its_stored_form(kind: str) -> None:
    given, stored = READ[kind]
    assert read(kind, given) == stored


@pytest.mark.parametrize("kind", READ)
def test_each_kind_refuses_a_value_of_another_type(kind: str) -> None:
    with pytest.raises(InvalidFieldValue):
        read(kind, [None])


@pytest.mark.parametrize(("only", "value"), [("yes", True), ("no", False)])
def test_a_flag_with_one_choice_has_that_value(only: str, value: bool) -> None:
    fact = Fact(kind="flag", choices={only: Choice(zh="是", en="So")})
    context = ValueContext((only,), fact, NOW, None)

    assert fact_kinds.read("flag", value, context) is value
    with pytest.raises(InvalidFieldValue, match=f"must be {'true' if value else 'false'}"):
        fact_kinds.read("flag", not value, context)
    assert fact.possible_values == {only}


@pytest.mark.parametrize("kind", READ)
def test_conditions_enumerate_exactly_choices_and_flags(kind: str) -> None:
    assert replace(FACT, kind=kind).possible_values == ENUMERATED.get(kind)


@pytest.mark.parametrize("value", ["2026-02-30", "26-11-27", "2026-11-27T09:00", "2026-W48-5", "３026-11-27", 20261127])
def test_a_date_is_a_day_of_the_calendar(value: Any) -> None:
    with pytest.raises(InvalidFieldValue):
        read("date", value)


def test_a_number_may_have_a_least() -> None:
    context = ValueContext((), Fact(kind="number", least=0.01), now=0, since=None)
    assert fact_kinds.read("number", 0.01, context) == 0.01
    for value in (0, -5):
        with pytest.raises(InvalidFieldValue, match="must be at least"):
            fact_kinds.read("number", value, context)


def test_a_number_may_have_a_most() -> None:
    context = ValueContext((), Fact(kind="number", most=499.5), now=0, since=None)
    assert fact_kinds.read("number", 499.5, context) == 499.5
    with pytest.raises(InvalidFieldValue, match="must be at most"):
        fact_kinds.read("number", 500, context)


def test_a_number_has_no_most_by_default() -> None:
    context = ValueContext((), Fact(kind="number"), now=0, since=None)
    assert fact_kinds.read("number", 10**12, context) == 10**12


def test_conditions_enumerate_the_bands_of_a_number() -> None:
    amount = Fact(kind="number", bands=[Band(name="small", most=5), Band(name="large")])
    assert amount.possible_values == {"small", "large"}


@pytest.mark.parametrize("kind", [kind for kind in READ if KINDS[kind].in_lookups])
def test_a_kind_of_look_ups_stores_text(kind: str) -> None:
    assert isinstance(READ[kind][1], str)


@pytest.mark.parametrize("kind", READ)
def test_a_kind_stores_a_list_exactly_if_it_says_so(kind: str) -> None:
    assert isinstance(READ[kind][1], list) == KINDS[kind].is_list


@pytest.mark.parametrize(("kind", "value"), [("choices", ["s", "s"]), ("people", ["ann", "bob", "ann"])])
def test_a_list_names_each_value_once(kind: str, value: list[str]) -> None:
    with pytest.raises(InvalidFieldValue, match="named twice") as refused:
        read(kind, value)

    assert refused.value.path == (str(len(value) - 1),)


@pytest.mark.parametrize(
    "number",
    [
        "12345",
        "+86 139 0000 0000",
        "（010）6555-1234",
        "010/65551234 转 8001",
        "020 7946 0000 ext. 12",
        "１３９０００００００００",
    ],
)
def test_a_telephone_number_may_have_marks_and_an_extension(number: str) -> None:
    assert read("phone", number) == number


@pytest.mark.parametrize("number", ["abc", "1234", "12-34", "+", "139 0000 0000 home", "1" * 21, "转 12345", "٠١٢٣٤٥"])
def test_what_is_no_telephone_number_is_refused(number: str) -> None:
    with pytest.raises(InvalidFieldValue, match="must be a telephone number"):
        read("phone", number)


def test_no_module_compares_the_kind_of_a_fact_with_a_name() -> None:
    """The register's notices have fields of kinds of their own, one of them `text`."""
    found = {
        str(path.relative_to(trees.ROOT))
        for path in trees.files("chalicelib")
        for node in trees.nodes(path)
        if isinstance(node, ast.Compare) and _compares_a_kind(node)
    }
    of_notices = {
        f"chalicelib/features/register/{name}.py" for name in ("making", "notice", "register", "pages/preview")
    }
    assert found == of_notices


def _compares_a_kind(node: ast.Compare) -> bool:
    sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
    named = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return any(side == "kind" or side.endswith(".kind") for side in sides) and not named.isdisjoint(KINDS)
