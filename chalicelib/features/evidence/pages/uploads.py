"""What the modules of a page ask for while they send files: a ticket, the end of an upload in parts, the files' states.

The session and the page's own `Origin` are the credentials. The answers are JSON, in the reader's language.
"""

from __future__ import annotations

import msgspec

from chalicelib.features.evidence import complete, declare, evidence_queries, file_limits, refusal
from chalicelib.features.evidence.pages import listing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.credentials import address_hash
from chalicelib.web.idempotent_requests import reply_of
from chalicelib.web.pages.answers import Answers, keyed_request
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.request_parts import decode

_WHY = {"/size": "uploads.size"}
"""By place of a fault: why the file cannot be sent. Other faults are those of a page that was changed."""


class FileState(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: the state for people, with the reason of a refusal. `ended`: it does not change any more."""

    id: str
    text: str
    ended: bool


class FileStates(msgspec.Struct, frozen=True, kw_only=True):
    files: list[FileState]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """`refused`: why this file cannot be sent, for people."""

    refused: str


def begin(call: Call, case_access: CaseAccess) -> Reply:
    """Declares a file as `POST /v1/t/{tenant}/complaints/{number}/evidence` does. The answer has its ticket."""
    given, reader = Answers(call.body), reader_of(call)
    values = {name: given.one(name) for name in ("kind", "size", "media_type", "sha256")}
    values["name"] = file_limits.cleaned_name(given.one("name")) or values["kind"]
    party = case_access.given_for(values["kind"])
    document: dict[str, object] = {**values, "parts": given.all("parts"), "on_behalf_of": party}
    file = decode(document, declare.NewEvidence, strict=False)
    request = case_access.request(call)
    command = declare.DeclareEvidence(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        file=file,
        # As text: any number has a digest.
        request=keyed_request(call, given.one("key"), case_access.principal, document),
        place=address_hash(call),
        now=call.now,
    )
    try:
        return reply_of(declare.declare(call.wiring, command))
    except Problem as problem:
        why = [text for place in problem.places if (text := _why(place.pointer, reader))]
        if not why:
            raise
        return Reply(Refused(refused=why[0]), 422)


def _why(pointer: str, reader: Reader) -> str:
    if pointer == "/media_type":
        return reader.say(refusal.text_of("type"))
    return reader.text(_WHY[pointer]) if pointer in _WHY else ""


def end(call: Call, case_access: CaseAccess) -> Reply:
    """Completes an upload in parts. `etag` and `sha256` come in the order of the parts."""
    given, request = Answers(call.body), case_access.request(call)
    pairs = zip(given.all("etag"), given.all("sha256"), strict=False)
    listed = [{"number": number, "etag": etag, "sha256": digest} for number, (etag, digest) in enumerate(pairs, 1)]
    command = complete.CompleteUpload(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        evidence=call.params["file"],
        parts=decode({"parts": listed}, complete.UploadedParts).parts,
        now=call.now,
    )
    return Reply(complete.complete(call.wiring, command))


def states(call: Call, case_access: CaseAccess) -> Reply:
    """The states of the files that the reader may see. A file that is not known to have arrived has none."""
    found, reader = evidence_queries.visible_files(call.wiring, case_access.request(call)), reader_of(call)
    shown = listing.shown_files(found.files, found.case.policy, reader)
    files = [FileState(id=one.id, text=one.state, ended=one.ended) for one in shown if one.arrived]
    return Reply(FileStates(files=files))
