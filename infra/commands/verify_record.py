"""Verifies an exported archive offline: `make verify-record FILE=export.zip ANCHOR=<root or digest>`."""

from __future__ import annotations

import sys
import zipfile

from chalicelib.features.exports import verify_archive
from infra.commands.signed_requests import printable

MAX_FAULTS = 50


def main(path: str, noted: str | None) -> int:
    """Exit code 0: no faults; 1: faults; 2: not an archive. `noted`: an anchor that was noted outside the archive."""
    try:
        report = verify_archive.verify(path, noted)
    except (OSError, zipfile.BadZipFile) as error:
        print(f"{path} cannot be read as an archive: {printable(str(error))}", file=sys.stderr)
        return 2
    for fault in report.faults[:MAX_FAULTS]:
        print(f"FAULT  {printable(fault)}")
    if len(report.faults) > MAX_FAULTS:
        print(f"FAULT  and {len(report.faults) - MAX_FAULTS} more")
    for name in map(printable, sorted(map(str, report.gone))):
        print(f"GONE   {name}: erased while the archive was made, according to the manifest; the live record shows it")
    for name in map(printable, sorted(map(str, report.excluded))):
        print(f"CHAIN  {name}: without private values, because it excludes the owner who asked for the archive")
    print(f"{report.files} files, {report.complaints} complaints, {report.events} events, {report.anchors} anchors")
    if noted is None:
        print("Give the root of an anchor that was noted elsewhere (ANCHOR=…): without it, a complete forgery passes.")
    print("verified" if not report.faults else f"{len(report.faults)} faults")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 and sys.argv[2] else None))
