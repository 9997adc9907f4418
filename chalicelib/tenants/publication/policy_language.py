"""Implementation of `PolicySource` with the policy language, and compilation of published versions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.kit import observability
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.problem import LaterRelease, Place, Problem, Text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.ports.policy_source import Prepared
from chalicelib.store.port import Store
from chalicelib.tenants.publication.policy_version import read_version

if TYPE_CHECKING:
    from chalicelib.policy.publishing import Publishable
    from chalicelib.wiring import StoredPolicy


class PolicyLanguage:
    """`policy_source.PolicySource`. Imports readers and checks at first use, because most requests do not need them."""

    def preset(self, name: str) -> Mapping[str, Any]:
        from chalicelib.policy import presets

        try:
            return presets.document(name)
        except KeyError:
            names = ", ".join(presets.names())
            place = Place("/preset", Text("must be one of: {known}", known=names))
            raise Problem("invalid", "There is no such preset.", places=[place]) from None

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        from chalicelib.complaints.trial.examples import check_publishable

        try:
            return _prepared(check_publishable(document))
        except PolicyFault as fault:
            raise policy_invalid(fault) from fault

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        from chalicelib.policy import publishing

        try:
            return _prepared(publishing.prepare(document))
        except PolicyFault as fault:
            raise policy_invalid(fault) from fault


def _prepared(ready: Publishable) -> Prepared:
    return Prepared(body=ready.body, roles=list(ready.document.people), hints=[_place(one) for one in ready.hints])


def policy_invalid(fault: PolicyFault) -> Problem:
    """The problem with each fault's place below `/policy`, and its correction."""
    places = [_place(one) for one in fault.faults]
    return Problem("policy-invalid", "The policy cannot be published as it is.", places=places)


def _place(fault: Fault) -> Place:
    more: dict[str, Any] = {member: fault.text(part) for member, part in _PARTS.items()}
    if fault.spot is not None:
        more |= fault.spot._asdict()
    if fault.rewording is not None:
        spot, word, instead = fault.rewording
        more["rewording"] = {**spot._asdict(), "word": word, "instead": instead}
    return Place("/policy" + fault.pointer, fault.message, more=more)


_PARTS = {"detail_zh": "zh", "mend": "mend_en", "mend_zh": "mend_zh"}
"""Keys of a `Place`, with the parts of the fault's text."""


def compile_version(version: StoredPolicy) -> Policy:
    """Compile a published version, for `PolicyCache`. Raises `LaterRelease` if nothing of it may be read."""
    is_later = isinstance(version, StoredPart) and version.later is not msgspec.UNSET
    try:
        if not is_later:
            policy = compile_policy(msgspec.json.decode(version.policy, type=PolicyDocument), version.version)
            return replace(policy, roles=tuple(version.roles)) if version.roles else policy
    except (ValueError, LookupError) as error:
        observability.error("A policy cannot be compiled", error=observability.frames(error))
    from chalicelib.policy.reading import published  # only during an update

    try:
        return published.compile_known(version.policy, version.version)
    except LaterRelease:
        observability.error("A policy cannot be read without words of a later release")
        observability.measure("LaterRelease")
        raise


Compiled = TypeVar("Compiled")

MAX_CACHED = 64
"""Versions per process: at most 64 compiled policies, each from at most 256 KB of source."""


class PolicyCache(Generic[Compiled]):
    """Compiles each version of a tenant once per process. Published versions never change."""

    def __init__(self, compile_version: Callable[[StoredPolicy], Compiled]) -> None:
        self._compile = compile_version
        self._cached: OrderedDict[tuple[str, str], Compiled] = OrderedDict()

    def get(self, store: Store, tenant: str, version: str) -> Compiled:
        """Raises `Problem("not-found")`, and the errors of the compiler."""
        cached = self.cached(tenant, version)
        return cached if cached is not None else self.remember(tenant, read_version(store, tenant, version))

    def of(self, store: Store) -> CompiledVersions[Compiled]:
        return CompiledVersions(store, self)

    def cached(self, tenant: str, version: str) -> Compiled | None:
        """The version if this process has compiled it already. Reads nothing."""
        return self._cached.get((tenant, version))

    def remember(self, tenant: str, version: StoredPolicy) -> Compiled:
        """Compile a version that the caller has read."""
        compiled = self._compile(version)
        self._cached[(tenant, version.version)] = compiled
        if len(self._cached) > MAX_CACHED:
            self._cached.popitem(last=False)
        return compiled


class CompiledVersions(msgspec.Struct, Generic[Compiled], frozen=True):
    """The compiled policy versions of a store's tenants."""

    store: Store
    cache: PolicyCache[Compiled]

    def get(self, tenant: str, version: str) -> Compiled:
        """As `PolicyCache.get`."""
        return self.cache.get(self.store, tenant, version)
