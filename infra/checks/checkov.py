"""`make checkov`: compares checkov's findings with the explained ones.

Usage: `python -m infra.checks.checkov TEMPLATE CHECKOV`. `TEMPLATE` is the translated template; `CHECKOV` is the
program, which has an environment of its own. Exits with 1 for a finding that `checkov.yaml` beside this file does not
explain, and for an explanation without a finding.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

EXPLAINED = Path(__file__).with_suffix(".yaml")
Findings = dict[str, set[str]]
"""Check → logical ids of the resources that fail it."""


def main(template: Path, checkov: str) -> int:
    options = ["--framework", "cloudformation", "--compact", "--quiet", "--output", "json", "--file", str(template)]
    done = subprocess.run([checkov, *options], capture_output=True, text=True, check=False)  # noqa: S603 our own program
    if not done.stdout.startswith("{"):
        print(done.stderr, file=sys.stderr)
        return 2
    report = json.loads(done.stdout)
    wrong = differences(findings(report["results"]["failed_checks"]), explained())
    print("\n".join(wrong) or f"checkov: {report['summary']['passed']} checks passed, the others are explained")
    return 1 if wrong else 0


def findings(failed: Iterable[Mapping[str, Any]]) -> Findings:
    found: Findings = {}
    for each in failed:
        found.setdefault(each["check_id"], set()).add(each["resource"].rpartition(".")[2])
    return found


def explained() -> Findings:
    """Raises ValueError for a check without a reason."""
    read = yaml.load(EXPLAINED.read_text("utf-8"), yaml.CSafeLoader)
    bare = [check for check, each in read.items() if not each.get("reason")]
    if bare:
        raise ValueError(f"no reason for {bare}")
    return {check: set(each["resources"]) for check, each in read.items()}


def differences(found: Findings, known: Findings) -> list[str]:
    """One line for each check, empty if all findings are explained and all explanations needed."""
    checks = sorted(found.keys() | known.keys())
    new = {check: found.get(check, set()) - known.get(check, set()) for check in checks}
    gone = {check: known.get(check, set()) - found.get(check, set()) for check in checks}
    return [
        *(f"{check} fails without an explanation: {', '.join(sorted(names))}" for check, names in new.items() if names),
        *(f"{check} is explained, but passes: {', '.join(sorted(names))}" for check, names in gone.items() if names),
    ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
