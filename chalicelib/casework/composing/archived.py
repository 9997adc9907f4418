"""What packages add to an archive of an organisation, and how its verification judges that. Rows of `composition` name
it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.kit import canonical
from chalicelib.ports import Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Store
from chalicelib.wiring import Wiring

ArchiveObject = dict[str, Any]
"""A JSON object of an archive. It has every stored member, also those of other versions, so no struct fits it."""
OwnEvents = Sequence[Mapping[str, Any]]
"""The events of the organisation's own record, as the archive has them."""


class ArchiveFiles(NamedTuple):
    """The files of an archive. `hashes`: by path, the SHA-256 of those that its manifest names."""

    names: Sequence[str]
    hashes: Mapping[str, str]
    read: Callable[[str], bytes]


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _no_members(*_: Any) -> ArchiveObject:
    return {}


class Archived(NamedTuple):
    """The items of a package. The caller binds the tenant.

    `files`: files of the organisation, by path. `complaint`: members of a complaint's line. `policies`: for a kind of
    item that lies beside the policy versions, its body in the archive. `faults`: what the organisation's record says
    of the files, but is not so (pure).
    """

    files: Callable[[Wiring, str, OwnEvents], Iterable[tuple[str, bytes]]] = _nothing
    complaint: Callable[[Store, Sealer, CaseRef], ArchiveObject] = _no_members
    policies: Mapping[str, Callable[[Sealer, str, Entry], Any]] = {}
    faults: Callable[[OwnEvents, ArchiveFiles], Iterable[str]] = _nothing


def line(value: Any) -> bytes:
    """Canonical JSON, because hashes are computed over it."""
    return canonical.encode(value) + b"\n"
