"""Presigned posts: ministack enforces their conditions as S3 does, all but the checksum; each is broken, then kept."""

from __future__ import annotations

import hashlib
import re
import time
import urllib.error
import urllib.request
from typing import Any

from chalicelib.evidence import s3_tickets
from infra.rehearsal import bucket_events
from infra.rehearsal.office import Office
from infra.rehearsal.said import expect, say, until

FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DIGEST = hashlib.sha256(FILE).hexdigest()
_FORM = {"Content-Type": "multipart/form-data; boundary=b"}
Broken = tuple[str, bytes, dict[str, str], tuple[int, str]]
BROKEN: tuple[Broken, ...] = (
    ("one byte too many", FILE + b"x", {}, (400, "EntityTooLarge")),
    ("one byte too few", FILE[:-1], {}, (400, "EntityTooSmall")),
    ("nothing", b"", {}, (400, "EntityTooSmall")),
    ("another type", FILE, {"Content-Type": "text/html"}, (403, "AccessDenied")),
    ("another key", FILE, {"key": "T/other/quarantine/x"}, (403, "AccessDenied")),
    ("no encryption", FILE, {"x-amz-server-side-encryption": "none"}, (403, "AccessDenied")),
    ("another tag", FILE, {"tagging": "<Tagging/>"}, (403, "AccessDenied")),
    ("a field more", FILE, {"x-amz-meta-more": "x"}, (403, "AccessDenied")),
    ("a forged signature", FILE, {"x-amz-signature": "0" * 64}, (403, "SignatureDoesNotMatch")),
)


def walk(office: Office, number: str, receipt: str) -> None:
    identity, ticket = declared(office, number, receipt)
    for name, content, changes, refusal in BROKEN:
        expect(f"upload with {name}", posted(ticket, content, changes), refusal)
    expect("upload with an expired ticket", expired(office), (403, "AccessDenied"))
    expect("upload as declared", posted(ticket, FILE, {}), (204, ""))
    expect("the same ticket again", posted(ticket, FILE, {}), (204, ""))
    bucket_events.deliver(office, ticket["fields"]["key"])
    state = checked(office, f"{_path(number)}/{identity}", receipt)
    expect("state of the evidence, by the bucket's event and the check", state, "sealed")
    until("versions in quarantine", lambda: versions(office, ticket["fields"]["key"]), lambda seen: seen == 0)
    say("versions left in quarantine", 0)
    downloaded(office, f"{_path(number)}/{identity}/link", receipt)
    swapped(office, number, receipt)


def _path(number: str) -> str:
    return f"/complaints/{number}/evidence"


def declared(office: Office, number: str, receipt: str) -> tuple[str, dict[str, Any]]:
    """Id and ticket."""
    file = {"kind": "document", "name": "receipt.pdf", "size": len(FILE), "media_type": "application/pdf"}
    answer = office.done("POST", _path(number), {**file, "sha256": DIGEST}, receipt)
    return answer["id"], answer["ticket"]


def checked(office: Office, path: str, receipt: str) -> Any:
    def look() -> Any:
        return office.done("GET", path, None, receipt)["state"]

    return until("the check", look, lambda seen: seen in ("sealed", "refused"))


def swapped(office: Office, number: str, receipt: str) -> None:
    """S3 refuses these bytes by their checksum (400 BadDigest); ministack does not, so the service's check must."""
    identity, ticket = declared(office, number, receipt)
    expect("upload with other bytes of that size, which ministack takes", posted(ticket, FILE[::-1], {}), (204, ""))
    bucket_events.deliver(office, ticket["fields"]["key"])
    expect("state of that evidence", checked(office, f"{_path(number)}/{identity}", receipt), "refused")


def downloaded(office: Office, path: str, receipt: str) -> None:
    link = office.done("GET", path, None, receipt)["url"]
    with urllib.request.urlopen(link, timeout=30) as answer:  # noqa: S310 our own address
        expect("download by a presigned link", answer.read() == FILE, True)
        say("its headers", (answer.headers["Content-Type"], answer.headers["Content-Disposition"]))


def expired(office: Office) -> tuple[int, str]:
    """A ticket as the service makes it, good for a second, posted when that is over."""
    s3, bucket = office.account.client("s3"), office.outputs["EvidenceBucketName"]
    key, media_type = "T/rehearsal/quarantine/expired", "application/pdf"
    made = s3_tickets.post(s3, bucket, key, size=len(FILE), media_type=media_type, sha256=DIGEST, seconds=1)
    ticket, over = {"url": made.url, "fields": dict(made.fields)}, time.time() + 2
    until("the expiry", time.time, lambda now: bool(now >= over))
    return posted(ticket, FILE, {})


def versions(office: Office, key: str) -> int:
    bucket = office.outputs["EvidenceBucketName"]
    return len(office.account.client("s3").list_object_versions(Bucket=bucket, Prefix=key).get("Versions", []))


def posted(ticket: dict[str, Any], content: bytes, changes: dict[str, str]) -> tuple[int, str]:
    """Status, and S3's code where it refuses. As a browser posts: the fields, then the file."""
    begin = '--b\r\nContent-Disposition: form-data; name="'
    fields = "".join(f'{begin}{name}"\r\n\r\n{value}\r\n' for name, value in (ticket["fields"] | changes).items())
    body = fields.encode() + f'{begin}file"\r\n\r\n'.encode() + content + b"\r\n--b--\r\n"
    request = urllib.request.Request(ticket["url"], body, _FORM)  # noqa: S310 our own address
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 our own address
            return answer.status, ""
    except urllib.error.HTTPError as error:
        code = re.search(r"<Code>(\w+)</Code>", error.read().decode("utf-8", "replace"))
        return error.code, code[1] if code else ""
