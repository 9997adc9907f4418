"""What was added on purpose since the fixtures were written: keys, enumerated values, and counters that expire.

The comparisons take a declared addition out of what the code answers or writes now. Everything else must be as
recorded. The fixtures never change. Tests hold that each declared addition is made, and that it hides nothing recorded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

JSON_ATTRIBUTES = ("body", "row")
"""Attributes of an item that hold JSON as text."""


class Addition(NamedTuple):
    """`of`: the path of an answer's request, or an item's kind. In both, `*` stands for any characters.

    `at`: the steps to the added key in the answer's body, or in the item from its attribute (`row/call_by`), or to the
    list of the enumerated `value`. The step `*` is any key or position, `**` any number of them. In a JSON Schema,
    definitions stand in the place of the references to them.
    """

    of: str
    at: str
    why: str
    value: str | None = None


_ON_MASKS = ("unmask", "confirm_mask")
ANSWERS: tuple[Addition, ...] = (
    Addition("/v1/t/*/exports*", "format", "Exports of event logs for process mining"),
    Addition("/v1/t/*", "limits/search", "Whether the plan includes the search by words"),
    Addition("/v1/t/*", "limits/similar", "Whether the plan includes the search of similar complaints"),
    Addition("/v1/t/*", "limits/mails_a_day", "The budget of mails of the plan, and its use"),
    Addition("/v1/t/*/complaints/*", "similar", "The address of the complaints with a similar text"),
    Addition("/v1/policy-schema", "properties/forms", "Printed forms of the policy"),
    Addition("/v1/t/*/complaints/search", "cursor", "A search has pages"),
    Addition("/v1/t/*/complaints/search", "incomplete", "Whether the index of words is being built"),
    Addition("/v1/policy-schema", "properties/ledgers", "Ledgers"),
    *(Addition("/v1/t/*/complaints*", "office_acts", "Acts on masks", value=one) for one in _ON_MASKS),
    *(Addition("/v1/t/*/complaints*", f"office_forms/{one}", "Acts on masks") for one in _ON_MASKS),
    Addition("/v1/t/*/complaints/*/record", "masks", "What respondents read as a mask"),
    Addition("/v1/t/*", "open", "Whether the organisation is open"),
    Addition("/v1/policy-schema*", "**/kind/enum", "The fact kind phone", value="phone"),
)
"""For example `Addition("/v1/policy-schema", "**/kind/enum", "The fact kind phone", value="phone")`."""
ITEMS: tuple[Addition, ...] = (
    Addition("idempotency", "body/answer/format", "Exports of event logs for process mining"),
    Addition("idempotency", "body/answer/limits/search", "Whether the plan includes the search by words"),
    Addition("idempotency", "body/answer/limits/similar", "Whether the plan includes the search of similar complaints"),
    Addition("idempotency", "body/answer/open", "Whether the organisation is open"),
    *(Addition("idempotency", "body/answer/office_acts", "Acts on masks", value=one) for one in _ON_MASKS),
    *(Addition("idempotency", f"body/answer/office_forms/{one}", "Acts on masks") for one in _ON_MASKS),
    Addition("directory", "body/opened", "When an owner opened the organisation"),
    Addition("idempotency", "body/answer/limits/mails_a_day", "The budget of mails of the plan"),
    Addition("complaint", "row/excluded", "Whom the complaint excludes, so that the queue hides it from them"),
    Addition("webhooks", "body/*/by", "Who created or changed the webhook"),
    Addition("background-job", "body/counts/excluded", "How many complaints exclude the owner who switches all"),
    Addition("background-job", "body/cursor/figure_parts", "How many items with figures a back-test has written"),
)
"""For example `Addition("complaint", "row/call_by", "The column call_by of the staff queue")`."""

COUNTERS: Mapping[str, str] = {
    "receipt-lock": "Nothing reads it any more: a lock after wrong receipts locked correct ones too",
    "budget": "Sign-ups and mails of a time, of a source, an organisation, the deployment or to one mailbox",
    "filings-of-source": "Complaints with an e-mail address of an IP address in a day, at all organisations",
    "uploads": "Bytes of files that an IP address declared in a day",
    "wrong-receipts": "Wrong receipts of an IP address at all organisations",
}
"""Kinds of items that are left out on both sides, with the reason. Each item has a time at which it expires."""

DERIVED = {
    "statistics-head": "The generation of the figures, and the records to be counted",
    "statistics-cell": "Counts of a day or of a week",
    "statistics-counted": "How many events of each record are counted",
    "similar-signature": "The signature of a filing's text",
    "similar-band": "A band key of a filing's text",
    "statistics-returning": "Which complaints are by a person who had filed another one before",
    "backtest-figures": "Sums of figures of a back-test",
    "search-manifest": "Which object holds each segment of the search index",
    "search-pending": "What a complaint adds to the search index until the next merge",
    "backtest-cases": "Figures of the complaints of a back-test",
}
"""Kinds of items that the present code makes beside those of the scenario, which follow from the records."""

JOBS = {"similar-backfill": "Signs the complaints of before the search of similar ones"}
"""Jobs that the present code starts beside those of the scenario, by id. Their items and messages are left out."""


MESSAGES = {"again": "The relay's message of an event that the stream has probably delivered before"}
"""Keys that messages have by now."""


def message_without_added(line: str) -> str:
    """The line without `MESSAGES`. A line without them stays as it is."""
    message = json.loads(line)
    body = json.loads(message["body"])
    if MESSAGES.keys().isdisjoint(body):
        return line
    kept = {name: value for name, value in body.items() if name not in MESSAGES}
    return _compact({**message, "body": _compact(kept)})


MAIL_TAGS = {
    "recipient": "The keyed hash of the mailbox, for bounces and spam reports",
    "person": "The invited person. Invitations had no tags before",
}
"""Tags that mails have by now."""


def mail_without_added(line: str) -> str:
    """The line of a mail without `MAIL_TAGS`. Other lines stay as they are."""
    sent = json.loads(line)
    if MAIL_TAGS.keys().isdisjoint(sent.get("tags", {})):
        return line
    kept = {} if "person" in sent["tags"] else sent["tags"]
    return json.dumps({**sent, "tags": {name: one for name, one in kept.items() if name not in MAIL_TAGS}})


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_of_added_job(line: str) -> bool:
    """True for a message that names one of `JOBS`."""
    return json.loads(json.loads(line)["body"]).get("job") in JOBS


RELAYED = {
    "registered": "Its texts are indexed for the search",
    "supplemented": "Its texts are indexed for the search",
    "closed": "Its summary is indexed for the search",
    "refused": "Its texts are indexed for the search",
    "transferred": "Its texts are indexed for the search",
    "withdrawn": "Its texts are indexed for the search",
}
"""Types of events that have a reaction by now, so that the stream reconciliation relays them once more."""


def without_relayed(old: list[str], new: list[str], items: Iterable[str]) -> list[str]:
    """The new messages without the last ones of those that `old` has less often, if these relay events of `RELAYED`.

    `items`: of the scenario, for the types of the events.
    """
    more, kept = Counter(new) - Counter(old), list[str]()
    relayed = _events_of(items, RELAYED)
    for line in reversed(new):
        body = json.loads(json.loads(line)["body"])
        if more[line] and (body.get("tenant"), body.get("number"), body.get("seq")) in relayed:
            more[line] -= 1
        else:
            kept.append(line)
    return kept[::-1]


def _events_of(items: Iterable[str], types: Collection[str]) -> set[tuple[str, str, int]]:
    """Tenant, number and sequence number of each event of these types."""
    found = set()
    for item in map(json.loads, items):
        if item["kind"]["S"] == "event" and json.loads(item["body"]["S"])["type"] in types:
            tenant, record = item["pk"]["S"].split("#", 2)[1:]
            found.add((tenant, record.removeprefix("C#"), int(item["sk"]["S"].removeprefix("E#"))))
    return found


def without_counts_of_jobs(line: str) -> str:
    """A job's item without how often the job did its work: a reconciliation relays more events by now, and the check
    of the numbers writes nothing while nothing is filed. Other lines stay as they are."""
    item = json.loads(line)
    kind, sk = item["kind"]["S"], item["sk"]["S"]
    if not (kind == "background-job" or (kind == "job" and sk.startswith("J#numbers-"))):
        return line
    body = json.loads(item["body"]["S"])
    if kind == "job":
        del body["at"], item["version"]
    elif body["kind"] == "relay":
        body["counts"].pop("relayed", None)
    item["body"]["S"] = json.dumps(body)
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


READS = {"POST /v1/t/{tenant}/exports": "An export is on the read log of each complaint that it shows"}
"""Routes whose entries on read logs the present code makes beside those of the scenario."""


def logged_route(line: str) -> str | None:
    """The route of an entry on a read log; None for another item."""
    item = json.loads(line)
    return json.loads(item["body"]["S"])["route"] if item["kind"]["S"] == "read" else None


PASSING = {"search-pending"}
"""Derived kinds whose items are gone once the hourly jobs have run."""


def is_derived(line: str) -> bool:
    item = json.loads(line)
    is_added_job = item["kind"]["S"] == "background-job" and json.loads(item["body"]["S"])["id"] in JOBS
    return is_added_job or item["kind"]["S"] in DERIVED or logged_route(line) in READS


def is_counter(line: str) -> bool:
    """True for an item of a declared counter. Fails if it does not expire: a lasting item may not be left out."""
    item = json.loads(line)
    declared = item["kind"]["S"] in COUNTERS
    assert not declared or set(item) == {"pk", "sk", "kind", "count", "expires"}, item
    return declared


def without_added(answer: dict[str, Any], additions: Iterable[Addition] = ANSWERS) -> dict[str, Any]:
    """The answer without the declared additions to its body. The given answer stays as it is."""
    declared = [one for one in additions if fnmatchcase(answer["request"]["path"], one.of)]
    if not declared:
        return answer
    copy: dict[str, Any] = json.loads(json.dumps(answer))
    for one in declared:
        _take_out(copy["body"], one.at.split("/"), one.value)
    return copy


def item_without_added(line: str, additions: Iterable[Addition] = ITEMS) -> str:
    """A line of `dump.items` without the declared additions to its JSON."""
    item = json.loads(line)
    declared = [one for one in additions if fnmatchcase(item["kind"]["S"], one.of)]
    for one in declared:
        attribute, *steps = one.at.split("/")
        assert attribute in JSON_ATTRIBUTES, one
        if attribute in item:
            content = json.loads(item[attribute]["S"])
            if _take_out(content, steps, one.value):
                item[attribute]["S"] = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if declared else line


def _take_out(content: Any, steps: list[str], value: str | None) -> bool:
    """Removes the key, or the value of the list, at each place that the steps lead to. True if there was one."""
    *before, last = steps
    taken = False
    for part in list(_parts(content, before)):
        if value is None and isinstance(part, dict) and last in part:
            del part[last]
            taken = True
        listed = part.get(last) if value is not None and isinstance(part, dict) else None
        if isinstance(listed, list) and value in listed:
            listed.remove(value)
            taken = True
    return taken


def _parts(content: Any, steps: list[str]) -> Iterator[Any]:
    if not steps:
        yield content
        return
    step, *rest = steps
    below = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    if step == "**":
        yield from _parts(content, rest)
        for part in below:
            yield from _parts(part, steps)
    elif step == "*":
        for part in below:
            yield from _parts(part, rest)
    elif isinstance(content, dict) and step in content:
        yield from _parts(content[step], rest)
