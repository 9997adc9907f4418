"""Spares moto work that grows with what it holds: all object versions at each listing, all messages at each receive.

It also spares the pair of keys that moto makes beside each symmetric key, which took a tenth of the start. For the
local stack only. Each patch leaves the answer as it was. `update_expressions` does the same for expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from moto.core.utils import unix_time
from moto.kms import models
from moto.kms.utils import generate_private_key
from moto.s3.models import S3Backend
from moto.sqs.models import SQSBackend

from infra.moto import update_expressions


@contextmanager
def installed() -> Iterator[None]:
    """Patches moto while the context lasts."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(S3Backend, "list_object_versions", _by_prefix(S3Backend)))
        patches.enter_context(patch.object(SQSBackend, "is_message_valid_based_on_retention_period", _is_retained))
        patches.enter_context(patch.object(models, "generate_private_key", only_of_a_pair(generate_private_key)))
        update_expressions.install(patches)
        yield


def _by_prefix(backend: Any) -> Any:
    """moto copies all versions in the bucket, with their content, before it looks at the prefix."""
    ask = backend.list_object_versions

    def list_object_versions(self: Any, bucket_name: str, *, prefix: str = "", **options: Any) -> Any:
        keys = self.get_bucket(bucket_name).keys
        found = [(name, versions) for name, versions in list(keys.iterlists()) if name.startswith(prefix)]
        return ask(_OneBucket(found), bucket_name, prefix=prefix, **options)

    return list_object_versions


class _OneBucket:
    """As much of moto's backend, its bucket and the bucket's keys as a listing of versions reads."""

    def __init__(self, versions: list[tuple[str, Any]]) -> None:
        self._versions = versions
        self.keys = self

    def get_bucket(self, _name: str) -> _OneBucket:
        return self

    def iterlists(self) -> list[tuple[str, Any]]:
        return self._versions


def _is_retained(self: Any, queue_name: str, message: Any) -> bool:
    """moto counts the queue's messages three times to read one number."""
    seconds: float = self.get_queue(queue_name).message_retention_period + message.sent_timestamp / 1_000
    return seconds > unix_time()


def only_of_a_pair(generate: Any) -> Any:
    """A symmetric key has no private key. moto generates one nevertheless."""
    return lambda key_spec: None if key_spec == "SYMMETRIC_DEFAULT" else generate(key_spec)
