"""Packed contents: the JSON of large items as DEFLATE (RFC 1951) in the attribute `packed`, in place of `body`.

DynamoDB counts each kilobyte that is written, and every four that are read. The first byte of what is packed is the
number of its dictionary. Rows of index `list` are packed as text (base64 after `=`), because `row` is a string.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode

_LEVEL = 9
_RAW = -15
"""DEFLATE without header and checksum, in a window of 32 KB."""
ROW = "="
"""Begins a packed row. A plain row is a JSON object."""

_FIRST = b"".join(
    (
        b'"hall":"open","hours":"open","limit":" working hours","limit":" working days","limit":" calendar days"',
        b'"paused":"met":"missed":"cancelled","provisional":true,"rung":1,"paused_at":,"pauses":[[,"task":"',
        b'"reopened":,"approved":,"proposed":,"linked":,"noted":,"extended":,"disputed":,"signed":,"rated":,"refused":',
        b'"withdrawn":,"transferred":,"parked":,"resumed":,"unreachable":,"promised":,"evidence_demanded":,',
        b'"evidence_received":,"task_opened":,"task_done":,"supplemented":,"warned":,"missed":,"escalated":',
        b'{"body_hash":"',
        b'","status":200,"answer":{"number":"202',
        b'","version":"1","policy":"1","stage":"',
        b'","stage_name":{"zh":"',
        b'","en":"',
        b'"},"severity":"general","tier":1,"channel":"phone","category":{"matter":"',
        b'"},"unit":null,"flags":{"to":"',
        b'"},"registered_at":"202',
        b'Z","next":{"clock":"',
        b'","due":"202',
        b'Z","state":"running"},"acts":["assign","forward","inspect","notify","decide","extend","close","archive"],',
        b'"forms":{"',
        b'":[{"name":"reason","kind":"text","required":true,"label":{"zh":"',
        b'","en":"Reason"}},{"name":"responsible","kind":"people","required":true,"label":{"zh":"',
        b'"}}],"',
        b'":[{"name":"done_at","kind":"time","required":false,"label":{"zh":"',
        b'","en":"When it was done"}}],"',
        b'":[{"name":"',
        b'","kind":"flag","required":true,"label":{"zh":"',
        b'"}},{"name":"',
        b'","kind":"choice","required":true,"choices":["',
        b'","',
        b'"],"label":{"zh":"',
        b'"}}]},"office_acts":["note","link"],"office_forms":{"note":[{"name":"text","kind":"text","required":true}],',
        b'"link":[{"name":"to","kind":"reference","required":true}]},"complainant_acts":[],"complainant_forms":{},',
        b'"follows":null,"assigned":{"responsible":["',
        b'"]},"held":null,"receipt_with":null,"receipt_exposed":false,"guidance":[],"demands":[],"proposals":[],',
        b'"awaiting_me":[],"tasks":[],"events":[{"id":"202',
        b'","type":"notified","at":"202',
        b'Z"}]}}',
        b'{"number":"202',
        b'","seq":1,"head":"',
        b'","at":17',
        b',"registered_at":17',
        b',"policy":"1","calendar":"CN-202',
        b'","channel":"phone","stage":"registered","tier":2,"severity":"general","category":{"matter":"',
        b'","demand":"',
        b'"},"unit":"',
        b'","facts":{"',
        b'"},"flags":{"to":"',
        b'","verified":"yes","answered":"yes","routed":"',
        b'"},"seen":{"registered":17',
        b',"notified":17',
        b',"classified":17',
        b',"accepted":17',
        b',"confirmed":17',
        b',"forwarded":17',
        b',"assigned":17',
        b',"inspected":17',
        b',"decided":17',
        b',"agreed":17',
        b',"closed":17',
        b',"archived":17',
        b'},"runs":[{"clock":"resolution","n":1,"seq":1,"started":17',
        b',"limit":"24 hours","hours":"open","due":17',
        b',"next":17',
        b',"warns":[17',
        b']}],"counts":{"resolution":1,"handling":1,"reminder":1,"silence":1},"assigned":{"responsible":["',
        b'"]},"since":17',
        b',"receipt":"k1.',
        b'","participation":{"doers":[["',
        b'","",""],["',
        b'","",""]],"did":{"classified":[0],"accepted":[0],"confirmed":[1],"forwarded":[1],"assigned":[2],',
        b'"inspected":[2],"decided":[2],"agreed":[0],"closed":[0],"archived":[0]},"ended":{"resolution":"met"}}',
    )
)
"""What stored states and answers have in common. The commonest is at the end, where DEFLATE looks first."""
DICTIONARIES = {1: _FIRST}
"""Items need the dictionary with which they were packed: none may ever change. A better one gets the next number."""
NEWEST = 1
UNREADABLE = (LookupError, ValueError, zlib.error)
"""What `unpack` and `unpack_row` raise for damaged bytes, or those of a later dictionary."""


def pack(text: str) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARIES[NEWEST])
    return bytes([NEWEST]) + packer.compress(text.encode()) + packer.flush()


def unpack(packed: bytes) -> str:
    """Raises `UNREADABLE`."""
    return zlib.decompressobj(_RAW, DICTIONARIES[packed[0]]).decompress(packed[1:]).decode()


def pack_row(text: str) -> str:
    return ROW + b64encode(pack(text)).decode()


def unpack_row(row: str) -> str:
    return unpack(b64decode(row[len(ROW) :]))
