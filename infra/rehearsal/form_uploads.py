"""Presigned posts: violates each condition once, then uploads as declared. ministack enforces all but the checksum."""

from __future__ import annotations

import hashlib
import re
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chalicelib.features.evidence.storage import s3_presigned
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from infra.rehearsal import bucket_events
from infra.rehearsal.organisation import RehearsedOrganisation
from infra.rehearsal.steps import expect, report, wait_until

FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_FORM = {"Content-Type": "multipart/form-data; boundary=b"}
BrokenUpload = tuple[str, bytes, dict[str, str], tuple[int, str]]
BROKEN_UPLOADS: tuple[BrokenUpload, ...] = (
    ("one byte too many", FILE + b"x", {}, (400, "EntityTooLarge")),
    ("one byte too few", FILE[:-1], {}, (400, "EntityTooSmall")),
    ("nothing", b"", {}, (400, "EntityTooSmall")),
    ("another type", FILE, {"Content-Type": "text/html"}, (403, "AccessDenied")),
    ("another key", FILE, {"key": object_keys.quarantine(CaseRef("other", "x"), "x")}, (403, "AccessDenied")),
    ("a key with ../", FILE, {"key": "../x"}, (403, "AccessDenied")),
    ("another checksum", FILE, {"x-amz-checksum-sha256": "x"}, (403, "AccessDenied")),
    ("no encryption", FILE, {"x-amz-server-side-encryption": "none"}, (403, "AccessDenied")),
    ("another tag", FILE, {"tagging": "<Tagging/>"}, (403, "AccessDenied")),
    ("an extra field", FILE, {"x-amz-meta-more": "x"}, (403, "AccessDenied")),
    ("a forged signature", FILE, {"x-amz-signature": "0" * 64}, (403, "SignatureDoesNotMatch")),
)


def run(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    identity, ticket = declare(org, number, receipt, FILE, "application/pdf")
    for name, content, changes, refusal in BROKEN_UPLOADS:
        expect(f"upload with {name}", post_form(ticket, content, changes), refusal)
    expect("upload with an expired ticket", post_expired_ticket(org), (403, "AccessDenied"))
    expect("upload as declared", post_form(ticket, FILE, {}), (204, ""))
    expect("the same ticket again", post_form(ticket, FILE, {}), (204, ""))
    bucket_events.deliver(org, ticket["fields"]["key"])
    state = wait_for_check(org, f"{_path(number)}/{identity}", receipt)["state"]
    expect("state of the evidence, after the bucket event and the check", state, "sealed")
    wait_until("versions in quarantine", lambda: count_versions(org, ticket["fields"]["key"]), lambda seen: seen == 0)
    report("versions left in quarantine", 0)
    check_download(org, f"{_path(number)}/{identity}/link", receipt)
    check_swapped_content(org, number, receipt)


def _path(number: str) -> str:
    return f"/complaints/{number}/evidence"


def declaration(content: bytes, media_type: str = "application/pdf") -> dict[str, Any]:
    """The declaration of a file, as a request body."""
    digest = hashlib.sha256(content).hexdigest()
    return {"kind": "document", "name": "file", "size": len(content), "media_type": media_type, "sha256": digest}


def declare(
    org: RehearsedOrganisation, number: str, receipt: str, content: bytes, media_type: str
) -> tuple[str, dict[str, Any]]:
    """Declares a file. Returns its id and the ticket."""
    answer = org.succeed("POST", _path(number), declaration(content, media_type), receipt)
    return answer["id"], answer["ticket"]


def wait_for_check(org: RehearsedOrganisation, path: str, receipt: str) -> Any:
    """Waits until the check ends. Returns the evidence."""

    def read() -> Any:
        return org.succeed("GET", path, None, receipt)

    return wait_until("the check", read, lambda seen: seen["state"] in ("sealed", "refused"))


def check_swapped_content(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    """S3 refuses this content by its checksum (400 BadDigest). ministack does not, so the service's check must."""
    identity, ticket = declare(org, number, receipt, FILE, "application/pdf")
    expect(
        "upload of other content of the same size, which ministack accepts",
        post_form(ticket, FILE[::-1], {}),
        (204, ""),
    )
    bucket_events.deliver(org, ticket["fields"]["key"])
    expect("state of this evidence", wait_for_check(org, f"{_path(number)}/{identity}", receipt)["state"], "refused")


def check_download(org: RehearsedOrganisation, path: str, receipt: str) -> None:
    link = org.succeed("GET", path, None, receipt)["url"]
    with urllib.request.urlopen(link, timeout=30) as answer:  # noqa: S310 our own address
        expect("download by a presigned link", answer.read() == FILE, True)
    for old, new in (
        ("attachment", "inline"),
        ("application%2Fpdf", "text%2Fhtml"),
        ("X-Amz-Expires=120", "X-Amz-Expires=9999"),
    ):
        changed = link.replace(old, new)
        expect(f"the link with {new} for {old}", (changed != link, get_status(changed)), (True, 403))
    check_headers(org, dict(parse_qsl(urlsplit(link).query)), urlsplit(link).path)


def check_headers(org: RehearsedOrganisation, parameters: dict[str, str], path: str) -> None:
    """ministack omits these headers for requests with a version, so this request has none."""
    bucket, _, key = path.lstrip("/").partition("/")
    given = {"ResponseContentDisposition": parameters["response-content-disposition"]}
    given |= {
        "ResponseContentType": parameters["response-content-type"],
        "ResponseCacheControl": parameters["response-cache-control"],
    }
    answer = org.account.client("s3").get_object(Bucket=bucket, Key=key, **given)
    expect("disposition of the download", answer["ContentDisposition"].split(";")[0], "attachment")
    expect(
        "its type and cache control",
        (answer["ContentType"], answer["CacheControl"]),
        ("application/pdf", "private, no-store"),
    )


def get_status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def post_expired_ticket(org: RehearsedOrganisation) -> tuple[int, str]:
    """Creates a ticket that is valid for one second, and posts it after that."""
    s3, bucket = org.account.client("s3"), org.outputs["EvidenceBucketName"]
    key, media_type = object_keys.quarantine(CaseRef("rehearsal", "x"), "expired"), "application/pdf"
    digest = hashlib.sha256(FILE).hexdigest()
    made = s3_presigned.post(
        s3_presigned.S3Bucket(s3, bucket), key, size=len(FILE), media_type=media_type, sha256=digest, seconds=1
    )
    ticket, over = {"url": made.url, "fields": dict(made.fields)}, time.time() + 2
    wait_until("the expiry", time.time, lambda now: bool(now >= over))
    return post_form(ticket, FILE, {})


def count_versions(org: RehearsedOrganisation, key: str) -> int:
    bucket = org.outputs["EvidenceBucketName"]
    return len(org.account.client("s3").list_object_versions(Bucket=bucket, Prefix=key).get("Versions", []))


def post_form(ticket: dict[str, Any], content: bytes, changes: dict[str, str]) -> tuple[int, str]:
    """Posts a form as a browser does: fields, then the file. Returns status and S3's error code."""
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
