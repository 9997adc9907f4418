"""Policies as YAML: the author's text with its comments and order. What came as JSON has a text that says the same."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from chalicelib.policy import presets
from chalicelib.tenants.publication import policy_version

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import Document
    from chalicelib.store.port import Store
    from chalicelib.tenants.publication.policy_version import PolicyVersion


def written(store: Store, tenant: str, version: PolicyVersion) -> str | None:
    """The text of the version's author, or that of the preset that it is. None if it came as JSON."""
    return policy_version.find_source(store, tenant, version.version) or of_preset(version)


def of_preset(version: PolicyVersion) -> str | None:
    """None, too, if this release has another text of the preset than that from which the version came."""
    if version.preset not in presets.names() or _preset_body(version.preset) != bytes(version.policy):
        return None
    return presets.text(version.preset)


@functools.cache
def _preset_body(name: str) -> bytes:
    from chalicelib.policy import publishing  # only where a text is read

    return publishing.prepare(presets.text(name)).body


def of_version(store: Store, tenant: str, version: PolicyVersion) -> str:
    found = written(store, tenant, version)
    return generated(bytes(version.policy)) if found is None else found


def generated(body: bytes) -> str:
    """The YAML of a full form."""
    from chalicelib.policy.reading import yaml_writing  # only where a text is generated

    return yaml_writing.of_version(body)


def of_document(document: Document) -> str:
    """Of a draft, which may have faults."""
    if isinstance(document, str):
        return document
    from chalicelib.policy.reading import yaml_writing

    return yaml_writing.of_values(document)
