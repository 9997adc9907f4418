"""A copy of the case that is made while its values are erased does not outlive them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import force_setattr

from chalicelib.ports import Vault
from tests.clauses.organisation import Organisation
from tests.forms.copies.copy import asked, stored
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.faults import Crash
from tests.kernel.web.untouched import in_process
from tests.retention.office import AFTER, NAME, PHONE, TEXT, bureau, erased, gone, interrupted, later, refused

__all__ = ["bureau", "gone"]
LONGEST_REQUEST = 30
"""Seconds that API Gateway waits at most."""
A_COPY = range(1, 12)
"""The numbers of the store's calls of a copy, and some more."""


class Dying:
    """A bucket. Once a copy is on its way, `meanwhile` happens. Then it arrives, and the process that sent it dies."""

    def __init__(self, vault: Vault, meanwhile: Callable[[], object]) -> None:
        self._vault, self._meanwhile = vault, meanwhile

    def put(self, key: str, body: bytes) -> None:
        self._meanwhile()
        self._vault.put(key, body)
        raise Crash

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vault, name)


@contextmanager
def held_back(bureau: Organisation) -> Iterator[None]:
    """Messages with a pause arrive after the block."""
    effects = in_process(bureau).fakes.effects
    effects.held = []
    yield
    effects.waiting.extend(effects.held)
    effects.held = None


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


def test_no_copy_is_left_if_the_process_dies_before_it_asks_whether_the_values_were_erased(
    bureau: Organisation,
) -> None:
    number, wiring = refused(bureau), in_process(bureau).fakes.wiring
    usual = wiring.vault
    force_setattr(wiring, "vault", Dying(usual, lambda: later(bureau, AFTER)))
    with held_back(bureau):
        with pytest.raises(Crash):
            asked(bureau, number)
        force_setattr(wiring, "vault", usual)
        assert any(texts_in(body) for body in stored(bureau, number))

    bureau.world.settle()

    assert len(erased(bureau, number)) == 1
    assert stored(bureau, number) == []


def test_the_erasure_looks_again_once_and_later_than_a_request_lives(bureau: Organisation) -> None:
    effects = in_process(bureau).fakes.effects
    refused(bureau)

    later(bureau, AFTER)

    [pause] = effects.pauses
    assert pause > LONGEST_REQUEST


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
