"""What makes a file two files in one: a script, another file after its end, and a ZIP's record at its end."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

import pytest

from chalicelib.features.evidence.check import markers
from chalicelib.features.evidence.refusal import Refusal

SCRIPTS = [b"<script", b"<?PHP", b"<Html", b"<svg", b"<!DOCTYPE", b"<iframe", b"JavaScript:", b"<%@"]
FILES = [b"PK\x03\x04", b"%PDF-", b"\x7fELF", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"]
SIZE = 100_000


def is_refused(check: Callable[[bytes], None], content: bytes) -> bool:
    try:
        check(content)
    except Refusal as refusal:
        return refusal.reason == "polyglot"
    return False


@pytest.mark.parametrize("marker", [*SCRIPTS, *FILES])
def test_no_script_and_no_other_file_follows_a_files_end(marker: bytes) -> None:
    assert is_refused(markers.refuse_second_file, b"preview" + marker + b"more")


@pytest.mark.parametrize("begin", [b"MZ", b"#!"])
def test_two_letters_begin_a_program_only_at_the_beginning(begin: bytes) -> None:
    contents = begin + b"preview", b"preview" + begin
    assert [is_refused(markers.refuse_second_file, one) for one in contents] == [True, False]


@pytest.mark.parametrize("marker", FILES)
def test_a_comment_may_contain_what_begins_another_file(marker: bytes) -> None:
    assert not is_refused(markers.refuse_script, b"comment" + marker)


def end_of_zip(
    length: int, offset: int = 0, *, disks: tuple[int, int] = (0, 0), entries: tuple[int, int] = (1, 1)
) -> bytes:
    """The record at the end of a ZIP whose directory has `length` bytes from `offset` on."""
    return struct.pack("<4s4H2LH", b"PK\x05\x06", *disks, *entries, length, offset, 0)


def is_zip(record: bytes, after: bytes = b"") -> bool:
    """Whether a file of `SIZE` bytes that ends so could be read as a ZIP. Its last 70,000 bytes are known."""
    tail = bytes(70_000 - len(record + after)) + record + after
    return is_refused(partial(markers.refuse_zip, size=SIZE), tail)


BEFORE = SIZE - 22
"""The bytes of the file before a record at its end."""


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (end_of_zip(BEFORE), True),
        (end_of_zip(100, BEFORE - 100), True),
        (end_of_zip(BEFORE + 1), False),
        (end_of_zip(100, BEFORE - 99), False),
        (end_of_zip(100, disks=(0, 1)), False),
        (end_of_zip(100, entries=(1, 2)), False),
        (end_of_zip(100)[:21], False),
        (end_of_zip(100) + end_of_zip(BEFORE + 1), True),
    ],
    ids=[
        "fits",
        "ends before it",
        "too long",
        "ends after it",
        "another disk",
        "missing entries",
        "cut",
        "the earlier",
    ],
)
def test_a_file_is_a_zip_if_a_directory_fits_before_its_last_record(record: bytes, expected: bool) -> None:
    """The four bytes that begin the record also occur by chance."""
    assert is_zip(record) is expected


def test_a_zip_may_have_a_comment_at_its_end() -> None:
    assert is_zip(end_of_zip(100), b"comment")
