"""The result of an archive's verification: its faults, and what was found in it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from chalicelib.features.record.anchor import Head


class ArchiveReport(msgspec.Struct):
    """The faults found, and counts and indexes of the archive's content."""

    faults: list[str] = msgspec.field(default_factory=list)
    files: int = 0
    complaints: int = 0
    events: int = 0
    anchors: int = 0
    people: int = 0
    policies: int = 0
    unit_lines: int = 0
    anchor_ids: set[str] = msgspec.field(default_factory=set)
    """The roots and digests of the anchors."""
    heads: defaultdict[str, list[Head]] = msgspec.field(default_factory=lambda: defaultdict(list))
    """By aggregate: its heads in all anchors."""
    numbers: set[str] = msgspec.field(default_factory=set)
    """The complaint numbers that have a line."""
    unit_numbers: set[str] = msgspec.field(default_factory=set)
    """The numbers (`U#<unit>`) of units that have a record."""
    hashes: dict[str, str] = msgspec.field(default_factory=dict)
    """By path: the file's SHA-256, computed from its content."""
    gone: set[str] = msgspec.field(default_factory=set)
    """Files that were erased while the archive was made, according to its manifest."""
    excluded: set[str] = msgspec.field(default_factory=set)
    """The complaints that the archive has without private values: they exclude the owner who asked for it."""
    sealed_files: set[str] = msgspec.field(default_factory=set)
    """The paths of files that the records have as sealed."""
    versions_used: dict[str, str] = msgspec.field(default_factory=dict)
    """By policy version: the id of an event that refers to it."""
    published_digests: dict[str, str] = msgspec.field(default_factory=dict)
    """By policy version: its SHA-256 when it was published."""

    def counts(self, evidence: int) -> dict[str, int]:
        """The counts that a manifest states. `evidence`: the number of evidence files in the archive."""
        return {
            "complaints": self.complaints,
            "events": self.events,
            "evidence": evidence,
            "units": self.unit_lines,
            "people": self.people,
            "policies": self.policies,
            "anchors": self.anchors,
        }
