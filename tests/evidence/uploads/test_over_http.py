"""Hostile and unlucky uploads against the local stack, over HTTP alone: what bucket and check refuse.

The stack evaluates presigned posts, parts and downloads itself (`infra/local`), for moto takes any.
"""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest

from chalicelib.features.evidence import file_limits
from tests.clauses.giving import declared, given, looked_at
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation, sign_up
from tests.helpers.fakes.files import EICAR, PDF, archive, image, sha256
from tests.kernel.web.untouched import refused


@pytest.fixture(scope="module")
def company(stack: LocalStack) -> Organisation:
    return company_in(stack)


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def posted(ticket: dict[str, Any], content: bytes, **changes: str) -> int:
    return sent("POST", ticket["url"], form({**ticket["fields"], **changes}, content), **{"Content-Type": _FORM_TYPE})


def form(fields: dict[str, str], content: bytes) -> bytes:
    begin = '--b\r\nContent-Disposition: form-data; name="'
    head = "".join(f'{begin}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()) + f'{begin}file"\r\n\r\n'
    return head.encode() + content + b"\r\n--b--\r\n"


_FORM_TYPE = "multipart/form-data; boundary=b"


def sent(method: str, url: str, body: bytes | None = None, **headers: str) -> int:
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def still_awaited(company: Organisation, number: str, evidence: str) -> bool:
    company.world.settle()
    return bool(looked_at(company, number, evidence)["state"] == "declared")


@pytest.mark.parametrize(
    ("content", "changes", "status"),
    [
        (PDF + b"x", {}, 400),
        (PDF[:-1], {}, 400),
        (b"", {}, 400),
        (PDF[:-1] + b"x", {}, 400),
        (PDF, {"Content-Type": "text/html"}, 403),
        (PDF, {"key": "T/other/quarantine/x"}, 403),
        (PDF, {"key": "../x"}, 403),
        (PDF, {"x-amz-checksum-sha256": "x"}, 403),
        (PDF, {"x-amz-server-side-encryption": "none"}, 403),
        (PDF, {"tagging": "<Tagging/>"}, 403),
        (PDF, {"x-amz-signature": "0" * 64}, 403),
        (PDF, {"x-amz-meta-more": "x"}, 403),
    ],
    ids=["over", "under", "none", "other bytes", "type", "key", "path", "checksum", "plain", "tag", "forged", "more"],
)
def test_a_ticket_accepts_only_the_declared_file(
    company: Organisation, number: str, content: bytes, changes: dict[str, str], status: int
) -> None:
    answer = declared(company, number, "document").json

    assert posted(answer["ticket"], content, **changes) == status
    assert still_awaited(company, number, answer["id"])


def test_a_ticket_used_twice_makes_one_file(company: Organisation, number: str) -> None:
    answer = declared(company, number, "document").json

    assert [posted(answer["ticket"], PDF), posted(answer["ticket"], PDF)] == [204, 204]

    company.world.settle()
    assert looked_at(company, number, answer["id"])["state"] == "sealed"
    assert len(company.events(number, type_="evidence_uploaded")) == 1


def test_an_interrupted_upload_leaves_nothing_and_can_be_repeated(company: Organisation, number: str) -> None:
    photo = image(side=200)
    answer = declared(company, number, "photo", photo, "image/jpeg").json
    address, body = urlsplit(answer["ticket"]["url"]), form(answer["ticket"]["fields"], photo)
    head = (
        f"POST {address.path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nContent-Type: {_FORM_TYPE}\r\n\r\n"
    )

    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        connection.sendall(head.encode() + body[: -len(photo) // 2])
    assert still_awaited(company, number, answer["id"])

    assert posted(answer["ticket"], photo) == 204
    company.world.settle()
    assert looked_at(company, number, answer["id"])["state"] == "sealed"


@pytest.mark.parametrize(
    "name", ["x" * 300, "bill\u202efdp.exe", "../../etc/passwd", "..\\boot.ini", "/etc/passwd", ".."]
)
def test_an_invalid_name_gets_no_ticket(company: Organisation, number: str, name: str) -> None:
    refused(declared(company, number, "document", name=name), 422, "invalid", "/name")


def test_a_full_quota_accepts_no_file(stack: LocalStack) -> None:
    small = sign_up(stack, "corporate-standard", plan="starter")
    number, staff = small.file(), small.auth("agent")
    film: dict[str, Any] = {
        "size": file_limits.LARGEST,
        "parts": ["0" * 64] * len(file_limits.sizes_of_parts(file_limits.LARGEST)),
    }
    assert [declared(small, number, "video", b"", "video/mp4", auth=staff, **film).status for _ in range(2)] == [
        201,
        201,
    ]

    answer = declared(small, number, "document", auth=staff)

    refused(answer, 402, "quota-exceeded")
    usage = small.get("/usage", "owner")["limits"]["evidence_bytes"]
    assert (answer.json["limit"], usage["used"]) == ("evidence_bytes", answer.json["most"])


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (EICAR, "text/plain", "malware"),
        (archive(("a.txt", b"0" * (40 << 20))), "application/zip", "bomb"),
        (image() + b"<script>alert(1)</script>", "image/jpeg", "polyglot"),
        (b"<svg/>", "text/plain", "type"),
    ],
    ids=["eicar", "bomb", "polyglot", "svg"],
)
def test_a_dangerous_file_is_refused_and_recorded(
    company: Organisation, number: str, content: bytes, media_type: str, reason: str
) -> None:
    evidence = given(company, number, "document", content, media_type)

    assert (evidence["state"], evidence["reason"], evidence["copies"]) == ("refused", reason, [])
    [event] = company.events(number, type_="evidence_refused")
    assert event["fields"]["reason"] == reason


def test_a_changed_link_is_rejected(company: Organisation, number: str) -> None:
    evidence = given(company, number, "photo", image(), "image/jpeg", name="照片.jpg")
    link = company.get(f"/complaints/{number}/evidence/{evidence['id']}/link", "agent")["url"]

    with urllib.request.urlopen(link, timeout=30) as response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        assert response.read() == image()
    assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%85%A7")
    assert (headers["content-type"], headers["cache-control"]) == ("image/jpeg", "private, no-store")
    assert sent("GET", link.replace("image%2Fjpeg", "text%2Fhtml")) == 403
    assert sent("GET", link.replace("X-Amz-Expires=120", "X-Amz-Expires=9999")) == 403
    assert sent("GET", link.partition("?")[0]) == 403


def test_a_large_video_is_uploaded_in_parts(company: Organisation, number: str) -> None:
    film = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(file_limits.LARGEST_POST)
    pieces = [film[at : at + file_limits.PART] for at in range(0, len(film), file_limits.PART)]
    hashes = [sha256(piece) for piece in pieces]
    answer = declared(company, number, "video", film, "video/mp4", parts=hashes).json
    path = f"{company.path}/complaints/{number}/evidence/{answer['id']}/complete"
    auth = company.auth("complainant", number)

    tickets = answer["ticket"]["parts"]
    assert sent("PUT", tickets[0]["url"], b"other", **tickets[0]["headers"] | {"Content-Length": "5"}) == 403
    etags = [_put(ticket, piece) for ticket, piece in zip(tickets, pieces, strict=True)]
    parts = [
        {"number": n, "etag": etag, "sha256": digest}
        for n, (etag, digest) in enumerate(zip(etags, hashes, strict=True), 1)
    ]
    assert company.world.call("POST", path, {"parts": parts[:-1]}, auth=auth).status == 422
    assert company.world.call("POST", path, {"parts": parts}, auth=auth).status == 200
    assert company.world.call("POST", path, {"parts": parts}, auth=auth).status == 200

    company.world.settle()
    assert looked_at(company, number, answer["id"])["state"] == "sealed"


def _put(ticket: dict[str, Any], piece: bytes) -> str:
    request = urllib.request.Request(ticket["url"], data=piece, headers=ticket["headers"], method="PUT")
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.headers["ETag"])
