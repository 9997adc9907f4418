"""A video above 100 MiB: uploaded in parts with presigned requests, then completed."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from typing import Any

from chalicelib.features.evidence import file_limits
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from infra.rehearsal import bucket_events, form_uploads
from infra.rehearsal.organisation import TENANT, RehearsedOrganisation
from infra.rehearsal.steps import expect, report

_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def run(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    video = _HEAD + bytes(file_limits.LARGEST_POST)
    pieces = [video[at : at + file_limits.PART] for at in range(0, len(video), file_limits.PART)]
    digests = [hashlib.sha256(piece).hexdigest() for piece in pieces]
    body = form_uploads.declaration(video, "video/mp4") | {"kind": "recording", "parts": digests}
    answer = org.succeed("POST", f"/complaints/{number}/evidence", body, receipt)
    tickets, path = answer["ticket"]["parts"], f"/complaints/{number}/evidence/{answer['id']}"
    expect("a part of another size", send_part(tickets[0], b"other")[0], 403)
    expect("a part with another checksum", send_part(tickets[0], pieces[0], {"x-amz-checksum-sha256": "x"})[0], 403)
    uploaded = [send_part(ticket, piece) for ticket, piece in zip(tickets, pieces, strict=True)]
    expect(f"{len(pieces)} parts", {status for status, _ in uploaded}, {200})
    parts = [
        {"number": n, "etag": etag, "sha256": digest}
        for n, ((_, etag), digest) in enumerate(zip(uploaded, digests, strict=True), 1)
    ]
    status, _ = org.call("POST", f"/v1/t/{TENANT}{path}/complete", {"parts": parts[:-1]}, receipt)
    expect("completed with one part missing", status, 422)
    org.succeed("POST", f"{path}/complete", {"parts": parts}, receipt)
    org.succeed("POST", f"{path}/complete", {"parts": parts}, receipt)
    report("completed, and completed again", 200)
    bucket_events.deliver(org, object_keys.quarantine(CaseRef(TENANT, number), answer["id"]))
    expect("state of the video", form_uploads.wait_for_check(org, path, receipt)["state"], "sealed")


def send_part(ticket: dict[str, Any], content: bytes, changes: dict[str, str] | None = None) -> tuple[int, str]:
    """Uploads one part. Returns status and ETag."""
    headers = {**ticket["headers"], **(changes or {}), "Content-Length": str(len(content))}
    request = urllib.request.Request(ticket["url"], content, headers, method="PUT")  # noqa: S310 our own address
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 our own address
            return answer.status, str(answer.headers["ETag"])
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""
