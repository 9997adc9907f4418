"""Texts that mean harm, or are merely broken, are faults with a sentence, soon."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching


def bomb(step: str) -> str:
    lines = ["a: &a {x: 1}"]
    for number in range(9):
        before, name = chr(97 + number), chr(98 + number)
        lines.append(f"{name}: &{name} " + step.format(", ".join([f"*{before}"] * 10)))
    return "\n".join(lines)


HOSTILE = {
    "aliases that explode": bomb("[{}]"),
    "merges that explode": bomb("{{<<: [{}]}}"),
    "an alias of itself": "a: &a [*a]",
    "a map in itself": "&a {b: *a}",
    "a merge of itself": "a: &a {<<: *a}",
    "five megabytes": "a: " + "x" * 5_000_000,
    "a hundred thousand values": "a: [" + "x," * 120_000 + "x]",
    "twenty-five thousand keys": "".join(f"k{number}: v\n" for number in range(25_000)),
    "brackets without end": "[" * 100_000,
    "brackets nested deeply": "a: " + "[" * 5_000 + "]" * 5_000,
    "maps nested deeply": "{a: " * 2_000,
    "lists nested deeply": "- " * 5_000,
    "a key twice": "a: 1\na: 2",
    "a key twice, quoted": "a: 1\n'a': 2",
    "a list for a key": "[a]: b",
    "a map for a key": "? {a: b}\n: c",
    "a flag for a key": "true: b",
    "nothing for a key": "~: b",
    "a Python object": "a: !!python/object/apply:os.system [ls]",
    "a Python name": "a: !!python/name:os.system",
    "bytes": "a: !!binary aGVsbG8=",
    "a date": "a: !!timestamp 2026-01-01",
    "a flag that is none": "a: !!bool maybe",
    "no number": "a: !!float .nan",
    "a set": "!!set {a}",
    "a tag of one's own": "a: !thing {b: c}",
    "tabs": "a:\n\t- b",
    "a null character": "a: \x00",
    "half a character": "a: \ud800",
    "an escape beyond Unicode": 'a: "\\U00110000"',
    "an escape far beyond Unicode": 'a: "\\UFFFFFFFF"',
    "nothing": "",
    "two documents": "a: 1\n---\nb: 2",
    "an alias of nothing": "a: *x",
    "a quote left open": "a: 'x",
    "another YAML": "%YAML 9.9\n---\na: 1",
    "a list": "- a",
    "a number": "1",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_is_a_fault_within_two_seconds(what: str) -> None:
    began = time.process_time()
    with pytest.raises(PolicyFault) as caught:
        source.read(HOSTILE[what])
    assert time.process_time() - began < 2
    assert all(fault.message for fault in nonempty(caught.value.faults))


@searching(200)
@given(st.text(alphabet="ab1:-[]{},&*!?|>'\"%@#~ \n\t\\U", max_size=60))
def test_any_text_is_a_map_or_a_fault(text: str) -> None:
    try:
        assert isinstance(source.read(text), dict)
    except PolicyFault as fault:
        assert fault.faults  # noqa: PT017 (either is an answer; nothing else may be raised)


def test_words_that_yaml_would_turn_stay_words() -> None:
    read = source.read("{a: yes, b: no, c: on, d: 2026-01-01, e: 12:30, f: 0x1F, g: 1_000, h: .inf, i: 007, j: NO}")
    assert list(read.values()) == ["yes", "no", "on", "2026-01-01", "12:30", "0x1F", "1_000", ".inf", "007", "NO"]


def test_scalars_of_json_are_what_they_are_in_json() -> None:
    read = source.read('{"a": true, "b": false, "c": null, "d": 12, "e": -1.5, "f": "true"}')
    assert list(read.values()) == [True, False, None, 12, -1.5, "true"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert source.read("\ufeffa: 1") == {"a": 1}


def test_the_line_of_a_fault_is_named() -> None:
    with pytest.raises(PolicyFault) as caught:
        source.read("a: 1\nb: 2\na: 3")
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [(("a",), 3)]


@pytest.mark.slow
def test_the_app_starts_without_reading_yaml() -> None:
    code = "import app, sys; app.app.load_routes(); sys.exit(any(name.split('.')[0] == 'yaml' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
