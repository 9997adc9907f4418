"""Malicious files: uploads that the deployed check refuses, and declarations that get no ticket."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from infra.rehearsal import bucket_events, form_uploads
from infra.rehearsal.organisation import TENANT, RehearsedOrganisation
from infra.rehearsal.steps import expect

_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""In two pieces, so that scanners do not report this module."""
_REMOTE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/GoToR/F(a.pdf)>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""Only the parser, which is another process, finds the action."""
_NAMES = ("x" * 300, "bill\u202efdp.exe", "../../etc/passwd", "..\\boot.ini", "..")
_INVALID: tuple[tuple[str, dict[str, Any]], ...] = (
    ("of 0 bytes", {"size": 0}),
    ("of a type that is never accepted", {"media_type": "text/html"}),
    ("above the form limit, without parts", {"size": 101 << 20, "media_type": "video/mp4"}),
    *((f"named {name[:20]!r}", {"name": name}) for name in _NAMES),
)


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * (40 << 20))
    return out.getvalue()


def run(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    path = f"/v1/t/{TENANT}/complaints/{number}/evidence"
    for what, change in _INVALID:
        status, _ = org.call("POST", path, form_uploads.declaration(form_uploads.FILE) | change, receipt)
        expect(f"a declaration of a file {what}", status, 422)
    zipped = _zip_bomb()
    for what, content, media_type, reason in (
        ("the test file of virus scanners", _EICAR, "text/plain", "malware"),
        ("a ZIP that inflates to a thousand times its size", zipped, "application/zip", "bomb"),
        ("a PDF that is a ZIP", form_uploads.FILE + zipped, "application/pdf", "polyglot"),
        ("a PDF that opens a file of another machine", _REMOTE, "application/pdf", "active-content"),
        ("an HTML page declared as text", b"<html><script>x()</script>", "text/plain", "type"),
    ):
        expect(
            f"{what}; state and reason",
            upload_refused(org, number, receipt, content, media_type),
            ("refused", reason),
        )


def upload_refused(
    org: RehearsedOrganisation, number: str, receipt: str, content: bytes, media_type: str
) -> tuple[str, str]:
    identity, ticket = form_uploads.declare(org, number, receipt, content, media_type)
    expect("its upload", form_uploads.post_form(ticket, content, {}), (204, ""))
    bucket_events.deliver(org, ticket["fields"]["key"])
    shown = form_uploads.wait_for_check(org, f"/complaints/{number}/evidence/{identity}", receipt)
    return shown["state"], shown["reason"]


def check_missing_objects(org: RehearsedOrganisation, number: str, receipt: str) -> None:
    """Events for an object that does not exist, and for an object that was not declared."""
    identity, ticket = form_uploads.declare(org, number, receipt, form_uploads.FILE, "application/pdf")
    for key in (ticket["fields"]["key"], object_keys.quarantine(CaseRef(TENANT, number), "0" * 32)):
        bucket_events.announce(org, key, "gone", len(form_uploads.FILE))
    shown = org.succeed("GET", f"/complaints/{number}/evidence/{identity}", None, receipt)
    expect("state after an event for an object that is gone", shown["state"], "declared")


def check_closed_complaint(org: RehearsedOrganisation, number: str, receipt: str, stage: str) -> None:
    path = f"/v1/t/{TENANT}/complaints/{number}/evidence"
    status, _ = org.call("POST", path, form_uploads.declaration(form_uploads.FILE), receipt)
    expect(f"a declaration once the complaint is {stage}", status, 409)
