"""Records again how the stories are played: `python -m tests.across.recorded.write`.

What `FOR_EVER` names stays as it is: policies, events, anchors and an export of release 1.0, and its names. To record
these again, with `--also-what-stays`, is to say that the earlier ones need not be read any more.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import cache
from typing import Any

from chalicelib.policy import presets
from tests.across.recorded import contract, export, files, policies
from tests.across.recorded.names import Names
from tests.across.recorded.recording import archive, recording

PLAYED, EVENTS = "played.json.gz", "events.json.gz"
FOR_EVER = (policies.FILE, EVENTS, export.ARCHIVE, export.NOTED, contract.FILE)


def main(*options: str) -> None:
    """Raises SystemExit, before anything is written, if the options are wrong."""
    parser = argparse.ArgumentParser("python -m tests.across.recorded.write", description=__doc__)
    parser.add_argument(
        "--also-what-stays", action="store_true", help="also policies, events, anchors, the export, names"
    )
    if parser.parse_args(options).also_what_stays:
        _write_what_stays()
    files.save(PLAYED, {name: as_played(name) for name in files.stories()})


@cache
def as_played(name: str) -> dict[str, Any]:
    """How the story is played now, with names for random values."""
    found = recording(name)
    names = Names(found.people)
    return {
        "version": names.of(found.version),
        "records": {of: names.of(events) for of, events in found.records.items()},
        "anchors": [names.of(json.loads(body)) for body in found.anchors],
        "answers": found.answers,
        "sent": found.sent,
        **({"archive": names.of(export.contents(archive(name)))} if name == export.OF else {}),
    }


def _write_what_stays() -> None:
    sources = {name: files.story(name).get("policy") or presets.text(name) for name in files.stories()}
    files.save(policies.FILE, {name: {"source": source} for name, source in sources.items()})
    files.load.cache_clear()
    found = {name: recording(name) for name in files.stories()}
    files.save(policies.FILE, {name: _policy(sources[name], one.version) for name, one in found.items()})
    files.save(EVENTS, {name: {"records": one.records, "anchors": one.anchors} for name, one in found.items()})
    export.path().write_bytes(archive(export.OF))
    noted = export.root(export.path())
    status, said = export.verified(export.path(), noted)
    files.save(export.NOTED, {"anchor": noted, "status": status, "said": said})
    files.save(contract.FILE, contract.contract())


def _policy(source: str, version: dict[str, Any]) -> dict[str, Any]:
    return {"source": source, "version": version, "meaning": policies.meaning(version["policy"])}


if __name__ == "__main__":
    main(*sys.argv[1:])
