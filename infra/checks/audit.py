"""`make audit`: checks pinned packages for known vulnerabilities. Exit 1: one was found; 2: the check is incomplete.

pip-audit itself reports "No known vulnerabilities found" and succeeds when it cannot reach the advisories. Here an
incomplete check is a failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

FOUND, NOT_AUDITED = 1, 2


def main(requirements: str) -> int:
    options = ["--require-hashes", "--progress-spinner", "off", "--format", "json", "--requirement", requirements]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True)  # noqa: S603 our own program
    try:
        audited = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr, file=sys.stderr)
        print(f"{requirements}: NOT AUDITED, pip-audit gave no result", file=sys.stderr)
        return NOT_AUDITED
    lines, code = verdict(requirements, audited)
    print("\n".join(lines))
    return code


def verdict(requirements: str, audited: list[dict[str, Any]]) -> tuple[list[str], int]:
    """The report lines and the exit code for pip-audit's `dependencies`."""
    found = [(one, vuln) for one in audited for vuln in one.get("vulns", [])]
    skipped = [one for one in audited if "skip_reason" in one]
    lines = [f"{one['name']} {one['version']}: {vuln['id']}, fixed in {_fixes(vuln)}" for one, vuln in found]
    if skipped or not audited:
        lines.append(
            f"{requirements}: NOT AUDITED: no advisories reached for {len(skipped)} of {len(audited)} packages"
        )
        lines += [f"  {skipped[0]['skip_reason']}"] if skipped else []
    if not found and not skipped and audited:
        lines.append(f"{requirements}: {len(audited)} packages, none with a known vulnerability")
    return lines, FOUND if found else NOT_AUDITED if skipped or not audited else 0


def _fixes(vuln: dict[str, Any]) -> str:
    return ", ".join(vuln.get("fix_versions", [])) or "no release"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
