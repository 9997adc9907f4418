"""The text of a program key: what a process knows of it without a read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.problem import Problem
from chalicelib.tenants.people import program_keys
from chalicelib.tenants.people.program_keys import ProgramKey
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.secrets import FakeSecrets
from tests.people.programs.accounts import program, world_of

OF = ProgramKey("acme", "0123456789ab", "0123456789abcdef")


def test_a_key_says_whose_it_is() -> None:
    secrets = FakeSecrets()
    text, server_key = program_keys.issue(secrets, OF)
    assert program_keys.read(secrets, text) == OF
    assert program_keys.issue(secrets, OF, server_key) == (text, server_key)


def test_a_key_stays_valid_when_the_server_key_is_rotated() -> None:
    secrets = FakeSecrets()
    text, _ = program_keys.issue(secrets, OF)
    secrets.rotate("program-key")
    assert program_keys.read(secrets, text) == OF


def test_a_key_of_another_deployment_is_refused_like_a_revoked_one() -> None:
    text, _ = program_keys.issue(FakeSecrets(), OF)
    with pytest.raises(Problem, match="revoked"):
        program_keys.read(FakeSecrets(), text)


def test_a_forged_key_with_a_right_check_is_refused_like_a_revoked_one() -> None:
    secrets = FakeSecrets()
    text, _ = program_keys.issue(secrets, OF)
    for part, other in (("acme", "acmf"), (OF.account, "f" * 12), (OF.key, "f" * 16)):
        body = text.rpartition("_")[0].replace(part, other)
        with pytest.raises(Problem, match="revoked"):
            program_keys.read(secrets, f"{body}_{program_keys._check(body)}")


@given(st.text(alphabet="rdk_acme01-.\x00é ", max_size=400) | st.text(max_size=50))
def test_any_other_text_is_refused_as_no_key(text: str) -> None:
    with pytest.raises(Problem) as refused:
        program_keys.read(FakeSecrets(), "rdk_" + text)
    assert refused.value.kind == "unauthenticated"


def test_a_forged_key_reads_nothing_and_counts_for_its_address(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(office)
    body = office.tokens["program"].rpartition("_")[0].replace("_k1_", "_k1_0", 1)
    body = body[: body.rindex("_") + 41]
    forged = f"{body}_{program_keys._check(body)}"
    fakes = world_of(office).fakes
    counted: list[str | None] = []
    take = fakes.wiring.sources.take

    def noting(weight: int, address: str, person: str | None = None) -> None:
        counted.append(person)
        take(weight, address, person)

    monkeypatch.setattr(fakes.wiring.sources, "take", noting)
    before = len(fakes.store.calls)
    answer = office.world.call("GET", f"{office.path}/complaints", auth=f"Bearer {forged}")
    assert answer.status == 401
    assert len(fakes.store.calls) == before
    assert counted == [None]
