"""A copy of the case that is made while its values are erased does not outlive them."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.clauses.organisation import Organisation
from tests.fakes.client import Answer
from tests.forms.copies.copy import asked, stored
from tests.retention.office import AFTER, NAME, PHONE, TEXT, bureau, erased, gone, interrupted, later, refused

__all__ = ["bureau", "gone"]
A_COPY = range(1, 12)
"""The numbers of the store's calls of a copy, and some more."""


def texts_in(copy: bytes) -> list[str]:
    """The private values of the complaint that the copy has."""
    with zipfile.ZipFile(io.BytesIO(copy)) as packed:
        whole = "".join(packed.read(name).decode() for name in packed.namelist())
    return [text for text in (NAME, PHONE, TEXT) if text in whole]


@pytest.mark.parametrize("at", A_COPY)
def test_no_copy_is_left_whenever_the_values_are_erased_meanwhile(bureau: Organisation, at: int) -> None:
    number = refused(bureau)
    if not interrupted(bureau, at, lambda: later(bureau, AFTER), lambda: asked(bureau, number)):
        later(bureau, AFTER)

    assert len(erased(bureau, number)) == 1
    assert not any(texts_in(body) for body in stored(bureau, number))


def test_the_complainant_is_told_why_there_is_none(bureau: Organisation) -> None:
    number = refused(bureau)
    answers: list[Answer] = []
    interrupted(bureau, 6, lambda: later(bureau, AFTER), lambda: answers.append(asked(bureau, number)))

    [answer] = answers
    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (409, "conflict")
    assert stored(bureau, number) == []


def test_afterwards_a_copy_has_what_is_left(bureau: Organisation, gone: str) -> None:
    assert asked(bureau, gone).status == 201
    assert not any(texts_in(body) for body in stored(bureau, gone))
