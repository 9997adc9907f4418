"""`python -m infra.iam.verify FILE` (`make verify-iam`): compares each decision with an independent simulator.

The simulator is `@cloud-copilot/iam-simulate` (npm, AGPL), fetched into `.cache/` and run with Node 20 or newer.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from infra.iam.deployed import ACCOUNT
from infra.iam.requests import IamCase, cases

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".cache" / "verify-iam"
PACKAGE = "@cloud-copilot/iam-simulate"
VERSION = "0.1.173"
OLDEST_NODE = 20


def main(file: Path) -> int:
    if (missing := _missing()) is not None:
        print(f"verify-iam needs {missing}; `make test` evaluates the policies without it.", file=sys.stderr)
        return 1
    found = cases(file)
    simulated = _simulated(found)
    differ = [
        f"{case}\n  ours: {case.decision()}, theirs: {theirs}, expected: {case.expected}"
        for case, theirs in zip(found, simulated, strict=True)
        if not case.decision() == theirs == case.expected
    ]
    agreed = len(found) - len(differ)
    print(*differ, f"{agreed} of {len(found)} requests: both decisions are as expected", sep="\n")
    return 1 if differ else 0


def _missing() -> str | None:
    if shutil.which("npm") is None or (node := shutil.which("node")) is None:
        return f"Node {OLDEST_NODE} or newer with npm, which this machine does not have"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    major = int(version.strip().removeprefix("v").partition(".")[0])
    return None if major >= OLDEST_NODE else f"Node {OLDEST_NODE} or newer; this is {version.strip()}"


def _simulated(found: list[IamCase]) -> list[str]:
    lines = "".join(_renamed(json.dumps(_simulation(case))) + "\n" for case in found)
    done = subprocess.run(  # noqa: S603  our own program
        ["node", str(Path(__file__).with_suffix(".mjs")), str(_fetched())],  # noqa: S607
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def _fetched() -> Path:
    """Installs the package if needed. npm verifies the registry's integrity hashes."""
    package = HOME / "node_modules" / PACKAGE
    manifest = package / "package.json"
    if not manifest.exists() or json.loads(manifest.read_text("utf-8"))["version"] != VERSION:
        HOME.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603
            ["npm", "install", "--silent", "--no-save", "--ignore-scripts", f"{PACKAGE}@{VERSION}"],  # noqa: S607
            cwd=HOME,
            check=True,
        )
    return package


def _renamed(simulation: str) -> str:
    """The simulator drops `kms:EncryptionContext:<name>` from requests, so other single-valued keys replace them."""
    return re.sub(r"kms:EncryptionContext:(\w+)", r"aws:PrincipalTag/EncryptionContext-\1", simulation)


def _simulation(case: IamCase) -> dict[str, Any]:
    """The simulator's input."""
    return {
        "request": {
            "principal": case.principal,
            "action": case.request.action,
            "resource": {"resource": case.request.resource, "accountId": ACCOUNT},
            "contextVariables": dict(case.request.context),
        },
        "identityPolicies": [
            {"name": f"policy-{place}", "policy": {"Version": "2012-10-17", **document}}
            for place, document in enumerate(case.identity)
        ],
        "resourcePolicy": case.own,
        "serviceControlPolicies": [],
        "resourceControlPolicies": [],
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
