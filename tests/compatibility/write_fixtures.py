"""Writes the fixtures anew: `python -m tests.compatibility.write_fixtures`.

They were written by the code of commit 65d2b13. To write them by other code is to say that what that code left behind
need not be read any more.
"""

from __future__ import annotations

import json

from tests.compatibility import contract, dump, exports, files, later, policies
from tests.compatibility.answers import Reader, requests
from tests.compatibility.scenario import Played, play


def written(played: Played) -> dict[str, list[str]]:
    """All lines that playing the scenario makes, by file."""
    fakes = played.world.fakes
    return {
        "items.jsonl.gz": dump.items(fakes),
        "objects.jsonl.gz": dump.objects(fakes),
        "messages.jsonl.gz": dump.messages(played.world),
        "outgoing.jsonl.gz": dump.outgoing(fakes),
    }


def main() -> None:
    played = play()
    now = played.world.now()
    lines = written(played)
    asked = [json.loads(dump.text(request)) for request in requests(played)]
    reader = Reader(now, lines["items.jsonl.gz"], lines["objects.jsonl.gz"])
    lines["answers.jsonl.gz"] = [dump.text(reader.answer(request)) for request in asked]
    lines["policies.jsonl.gz"] = policies.published()
    lines["contract.json"] = contract.lines(contract.contract())
    company = played.organisations["company"]
    before = lines["items.jsonl.gz"], lines["objects.jsonl.gz"]
    lines["later.jsonl.gz"] = later.played_on(now, company.id, company.subs, *before)
    tenants = {name: organisation.id for name, organisation in played.organisations.items()}
    lines["scenario.json"] = [
        dump.text({"now": now, "tenants": tenants, "subs": company.subs, "exports": exports.saved(played)})
    ]
    for name, content in lines.items():
        files.save(name, content)


if __name__ == "__main__":
    main()
