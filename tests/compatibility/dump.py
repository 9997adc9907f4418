"""What is in the table and in the bucket, as lines of text, and back again.

An item is written as DynamoDB's own JSON, so that its attributes are those of the table and not of a class.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.store.models import to_entry, to_raw
from chalicelib.store.port import Put
from tests.compatibility.world import FixedWorld
from tests.fakes.objects import Version
from tests.fakes.wiring import Fakes

AT_ONCE = 50
"""Items in one commit."""


def text(value: Any) -> str:
    """Canonical enough: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def items(fakes: Fakes) -> list[str]:
    """Every item with all its attributes, by key. The version of its form is left out: earlier items have none."""
    found = [to_raw(replace(entry, form=None)) for entry in fakes.store.everything()]
    return [text(_normal(item)) for item in sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))]


def _normal(item: dict[str, Any]) -> dict[str, Any]:
    """A job's `counts` come of a set, in an order that is another in each process. Nothing else is changed."""
    if item["kind"]["S"] != "background-job":
        return item
    body = json.loads(item["body"]["S"])
    body["counts"] = dict(sorted(body.get("counts", {}).items()))
    return {**item, "body": {"S": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}}


def objects(fakes: Fakes) -> list[str]:
    """Every version of every object, by key. Of exports, which are files of their own, their digests."""
    evidence = [
        {"key": key, "version": name, "media_type": one.media_type, "until": one.until, "hold": one.hold}
        | _content(key, one.content)
        for key, versions in fakes.objects.stored.items()
        for name, one in versions.items()
    ]
    vault = [
        {"key": key, "version": str(number), "once": key in fakes.vault.once} | _content(key, body)
        for key, versions in fakes.vault.written.items()
        for number, body in enumerate(versions)
    ]
    return sorted(text(one) for one in evidence + vault)


def _content(key: str, body: bytes) -> dict[str, str]:
    if "/exports/" in key:
        return {"sha256": hashlib.sha256(body).hexdigest()}
    return {"content": base64.b64encode(body).decode()}


def messages(world: FixedWorld) -> list[str]:
    """Every message that a queue delivered, in their order."""
    return [text({"queue": queue, "tenant": tenant, "body": body}) for queue, tenant, body in world.delivered]


def outgoing(fakes: Fakes) -> list[str]:
    """Every mail and every webhook's request, in their order."""
    sent = fakes.mailer
    mails = [
        {"to": mail.to, "subject": mail.subject, "text": mail.text, "key": key, "tags": dict(tags)}
        for mail, key, tags in zip(sent.outbox, sent.keys, sent.tags, strict=True)
    ]
    posts = [{"url": one.url, "headers": one.headers, "body": one.body.decode()} for one in fakes.poster.posted]
    return [text(one) for one in mails + posts]


def fill(fakes: Fakes, lines: Sequence[str]) -> None:
    """Put each item into the store, under its owner's binding."""
    entries = [to_entry(json.loads(line)) for line in lines]
    for pk, of_partition in groupby(entries, key=lambda entry: entry.key.pk):
        with _bound(pk):
            puts = [Put(entry) for entry in of_partition]
            for first in range(0, len(puts), AT_ONCE):
                fakes.store.commit(puts[first : first + AT_ONCE])


def fill_objects(fakes: Fakes, lines: Sequence[str]) -> None:
    """Put each object into the bucket; but for exports, whose links alone are answered."""
    for one in map(json.loads, lines):
        content = base64.b64decode(one.get("content", ""))
        if "once" in one:
            put = fakes.vault.put_once if one["once"] else fakes.vault.put
            put(one["key"], content)
        else:
            version = Version(content, one["media_type"], one["until"], one["hold"])
            fakes.objects.stored.setdefault(one["key"], {})[one["version"]] = version


def _bound(pk: str) -> AbstractContextManager[Any]:
    kind, _, rest = pk.partition("#")
    return binding.tenant(rest.partition("#")[0]) if kind == "T" else binding.directory()
