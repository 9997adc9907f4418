"""`make audit`: known vulnerabilities of what is pinned. Exit 1: one is found; 2: not everything could be asked.

pip-audit itself says "No known vulnerabilities found" and succeeds when no advisory could be reached for any package:
not knowing must not pass for knowing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

FOUND, NOT_AUDITED = 1, 2


def main(requirements: str) -> int:
    asked = ["--require-hashes", "--progress-spinner", "off", "--format", "json", "--requirement", requirements]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *asked], capture_output=True, text=True)  # noqa: S603 our own program
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
    """What pip-audit's `dependencies` come to: lines for people, and the exit code."""
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
