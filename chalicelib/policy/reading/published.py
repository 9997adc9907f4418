"""Reads a published document that has words of a later release: what is left without them, and which they are.

A word is a key, or one of the values of an enumeration: an act, a kind of fact, a word of a condition. The rest is for
reading only: no act is allowed under a policy of which a part is missing. If the word may say who may read (`rights`),
nothing is read.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.kit.decoding import invalid_values
from chalicelib.kit.problem import LaterRelease, Text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, Path, PolicyFault
from chalicelib.policy.reading.rights import may_restrict

NAMED_WORDS = 20
"""Further ones are not named."""


def compile_known(body: bytes, version: str) -> Policy:
    """The policy without what this release does not know. `unknown_words` has the places of that.

    Raises `LaterRelease` if a part is missing without which nothing can be read, such as the calendar, or without which
    people could read too much.
    """
    found = _Published(msgspec.json.decode(body, type=dict[str, Any]), version)
    found.name(found.kinds())
    found.leave_out(found.acts())
    found.leave_out_members()
    found.name(fault.path for fault in ([] if found.words else found.faults()))
    policy = found.compiled()
    if found.may_restrict:
        raise _unreadable(version, found.words)
    return replace(policy, unknown_words=tuple(found.words))


def refusal(version: str, words: Iterable[str]) -> LaterRelease:
    """What an act under the policy is refused with."""
    return LaterRelease(
        Text(
            "Version {version} of the organisation's policy has words of a later release of the service: {words}. "
            "Nothing can be changed under it until that release runs again.",
            version=version,
            words=", ".join(islice(words, NAMED_WORDS)),
        )
    )


def _unreadable(version: str, words: Iterable[str]) -> LaterRelease:
    return LaterRelease(
        Text(
            "Version {version} of the organisation's policy has words of a later release of the service, which may say "
            "who may read: {words}. Nothing can be read or changed under it until that release runs again.",
            version=version,
            words=", ".join(islice(words, NAMED_WORDS)),
        )
    )


class _Published:
    """A document from which parts are taken. `words`: their places, as JSON Pointers. `may_restrict`: whether one of
    them may say who may read."""

    def __init__(self, raw: dict[str, Any], version: str) -> None:
        self.words: list[str] = []
        self.may_restrict = False
        self._raw, self._version = raw, version

    def acts(self) -> Iterator[Path]:
        """Acts that the language does not have, in stages and of time."""
        for name, stage in self._map("stages"):
            acts = stage.get("acts")
            acts = acts if isinstance(acts, dict) else {}
            yield from (("stages", name, "acts", act) for act in acts if act not in EVENT_OF_ACT)
        for name, clock in self._map("clocks"):
            missed = clock.get("missed")
            if isinstance(missed, dict) and not _is_one_of(EVENT_OF_ACT, missed.get("act")):
                yield "clocks", name, "missed"

    def kinds(self) -> Iterator[Path]:
        """Kinds of facts and fields. They stay: `fact_kinds` refuses every value of such a kind."""
        for root in (("intake", "facts"), ("fields",)):
            for name, fact in self._map(*root):
                if not _is_one_of(OF_DOCUMENTS, fact.get("kind", "text")):
                    yield *root, name, "kind"

    def leave_out_members(self) -> None:
        """What the structs of the language do not have, and what is incomplete without it."""
        while wrong := list(islice(invalid_values(self._raw, PolicyDocument), MAX_FAULTS)):
            self.leave_out(one.path for one in wrong if one.why != "missing")
            self._remove(one.path[:-1] for one in wrong if one.why == "missing")

    def faults(self) -> list[Fault]:
        """What would be refused if somebody published the rest."""
        from chalicelib.policy.checks.document import check

        try:
            check(self._raw)
        except PolicyFault as fault:
            return list(fault.faults)
        return []

    def compiled(self) -> Policy:
        """Leaves out limits and other texts that cannot be parsed. Stages stay, since complaints are in them."""
        while True:
            try:
                return compile_policy(msgspec.convert(self._raw, PolicyDocument), self._version)
            except (ValueError, LookupError) as error:
                wrong = [fault.path for fault in self.faults() if fault.path[:1] not in ((), ("stages",))]
                if not wrong:
                    raise refusal(self._version, self.words) from error
            self.leave_out(wrong)
            self.leave_out_members()

    def leave_out(self, paths: Iterable[Path]) -> None:
        found = list(paths)
        self.name(found)
        self._remove(found)

    def name(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self.may_restrict |= may_restrict(path)
            if (pointer := Fault(path, "unknown").pointer) not in self.words:
                self.words.append(pointer)

    def _remove(self, paths: Iterable[Path]) -> None:
        """Those behind others of a list are removed first. Of a path that is not there, its last part that is."""
        for path in sorted(set(paths), reverse=True):
            whole: Any = self._raw
            there = list[tuple[Any, str | int]]()
            for step in path:
                if not (step in whole if isinstance(whole, dict) else isinstance(step, int) and step < len(whole)):
                    break
                there.append((whole, step))
                whole = whole[step]
            if not there:
                raise refusal(self._version, self.words)
            self.may_restrict |= may_restrict(path[: len(there)])
            del there[-1][0][there[-1][1]]

    def _map(self, *path: str) -> list[tuple[str, dict[str, Any]]]:
        found: Any = self._raw
        for step in path:
            found = found.get(step, {}) if isinstance(found, dict) else {}
        return [one for one in found.items() if isinstance(one[1], dict)] if isinstance(found, dict) else []


def _is_one_of(known: Container[str], value: Any) -> bool:
    """A later release may write a list or a map where this one has a name."""
    return isinstance(value, str) and value in known
