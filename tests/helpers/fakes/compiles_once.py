"""The compiler of policy versions with a cache: hundreds of worlds have the same few policies, and each is compiled for
its first request.
"""

from __future__ import annotations

from collections import OrderedDict

from chalicelib.policy.compiled import Policy
from chalicelib.tenants.publication.policy_language import compile_version
from chalicelib.tenants.publication.policy_version import PolicyVersion

MOST = 128
"""Maximum number of policies that a process keeps. Tests with the same policy are neighbours."""

_compiled: OrderedDict[tuple[str, bytes], Policy] = OrderedDict()


def compiled_once(version: PolicyVersion) -> Policy:
    """For `PolicyCache`. Each version is read from the store as before."""
    key = version.version, bytes(version.policy)
    if key not in _compiled:
        _compiled[key] = compile_version(version)
        if len(_compiled) > MOST:
            _compiled.popitem(last=False)
    _compiled.move_to_end(key)
    return _compiled[key]
