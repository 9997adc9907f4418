"""Policy versions: stored byte for byte, compiled once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.access import binding
from chalicelib.features.policies.publish import Publish, publish
from chalicelib.kit.problem import Problem
from chalicelib.ports.policy_source import Prepared
from chalicelib.store import keys
from chalicelib.store.sizes import ITEM_BYTES, item_bytes
from chalicelib.tenants.publication import policy_language, policy_version
from chalicelib.tenants.publication.policy_language import PolicyCache
from tests.helpers.fakes.policies import DOCUMENT
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.kernel.tenants.signing import OWNER, command, signed_up


@pytest.fixture
def world() -> Iterator[Fakes]:
    made = fakes()
    signed_up(made.wiring)
    with binding.tenant("shop"):
        yield made


def test_a_version_is_stored_exactly_as_checked(world: Fakes) -> None:
    body = world.wiring.policies.prepare(DOCUMENT).body
    assert bytes(policy_version.read_version(world.store, "shop", "1").policy) == body


def test_the_largest_document_fits_an_item() -> None:
    body = b'{"x":"' + b'\\"' * (128 * 1024 - 5) + b'"}'
    made = policy_version.version_of(
        Prepared(body=body, roles=["r" * 40] * 50),
        version="1",
        published_at="2026-11-27T01:00:00.000Z",
        published_by="s" * 36,
        effective_at="2026-11-27T01:00:00.000Z",
    )
    put, _row = policy_version.version_puts("t" * 40, made, None)
    assert item_bytes(put.entry) < ITEM_BYTES


def test_the_text_of_a_yaml_document_is_kept_with_its_comments(world: Fakes) -> None:
    text = "people: # who works here\n  agent: 坐席\n"
    publish(world.wiring, command(world.wiring, world.identity.people[OWNER].sub), Publish(policy=text))
    key = keys.policy("shop", "2#source")
    assert world.store.get([key])[key].body == text


def test_a_version_is_compiled_once_per_process(world: Fakes) -> None:
    made: list[str] = []
    cache = PolicyCache(lambda version: made.append(version.version) or version.document)  # type: ignore[func-returns-value]
    assert [cache.get(world.store, "shop", "1") for _ in range(3)] == [DOCUMENT] * 3
    assert made == ["1"]


def test_one_tenants_version_is_never_anothers(world: Fakes) -> None:
    cache = PolicyCache(lambda version: version.document)
    cache.get(world.store, "shop", "1")
    with binding.tenant("other"), pytest.raises(Problem, match="not-found"):
        cache.get(world.store, "other", "1")


def test_the_cache_forgets_the_oldest(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_language, "MAX_CACHED", 1)
    made: list[str] = []
    cache = PolicyCache(lambda version: made.append(version.version) or version.version)  # type: ignore[func-returns-value]
    owner = command(world.wiring, world.identity.people[OWNER].sub)
    publish(world.wiring, owner, Publish(policy={"people": {"agent": "坐席"}}))
    for version in ("1", "2", "1"):
        cache.get(world.store, "shop", version)
    assert made == ["1", "2", "1"]
