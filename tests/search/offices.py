"""Organisations whose complaints are searched, and the requests."""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.features.search.index import manifest
from chalicelib.features.search.index.manifest import Manifest
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys, reads
from chalicelib.store.port import Remove
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.search import FakeSearchIndex
from tests.kernel.web.untouched import in_process

ROUTE = "POST /v1/t/{tenant}/complaints/search"


def ask(organisation: Organisation, who: str, **criteria: Any) -> Answer:
    path = f"{organisation.path}/complaints/search"
    return organisation.world.call("POST", path, criteria, auth=organisation.auth(who))


def found(organisation: Organisation, who: str, **criteria: Any) -> list[str]:
    """The numbers of the complaints, as they come."""
    answer = ask(organisation, who, **criteria)
    assert answer.status == 200, answer.text
    return [row["number"] for row in answer.json["complaints"]]


def file(organisation: Organisation, content: str, fact: str = "content", **others: Any) -> str:
    """A complaint with this content, whose effects have settled. `fact`: the policy's name for the content."""
    number = organisation.file(**{**others, "facts": {**others.get("facts", {}), fact: content}})
    organisation.world.settle()
    return number


def merge(organisation: Organisation) -> None:
    """An hour passes, and the hourly job runs with what it started."""
    world = in_process(organisation)
    world.fakes.clock.move_to(world.now() + HOUR)
    hourly.run(world.fakes.wiring, organisation.id, world.now())
    world.settle()


def pending_numbers(organisation: Organisation) -> list[str]:
    store = in_process(organisation).fakes.store
    with binding.tenant(organisation.id):
        entries = reads.items(store, keys.search_items(organisation.id), keys.PENDING_TEXTS)
        return [keys.pending_number(entry.key) for entry in entries]


def manifest_of(organisation: Organisation) -> Manifest:
    with binding.tenant(organisation.id):
        return manifest.read(in_process(organisation).fakes.store, organisation.id).manifest


def index_of(company: Organisation) -> FakeSearchIndex:
    return in_process(company).fakes.search


def forget_index(company: Organisation) -> None:
    """As for an organisation whose plan did not include the search."""
    world = in_process(company)
    with binding.tenant(company.id):
        pk = keys.search_items(company.id)
        world.fakes.store.commit([Remove(one.key) for one in world.fakes.store.everything() if one.key.pk == pk])
