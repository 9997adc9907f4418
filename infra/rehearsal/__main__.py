"""The deployment rehearsal: `python -m infra.rehearsal PACKAGE` (`make rehearse`, which packages first).

Deploys the package with CloudFormation to ministack, an emulator that runs Lambda functions as processes, and takes one
complaint through its whole life there. Prints each step with its result. Exits with 1 at the first wrong result.
`docs/development/rehearsal.md` lists the differences from AWS.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.engines import __main__ as engines
from infra.engines import fetch
from infra.rehearsal import aws, complaint_life
from infra.rehearsal.organisation import RehearsedOrganisation
from infra.rehearsal.steps import RehearsalFailed, report

HOME = fetch.ROOT / ".local" / "rehearsal"


def main(package: Path) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the emulator stops too
    HOME.mkdir(parents=True, exist_ok=True)
    port = engines.free_port()
    command = [str(fetch.ministack())]
    with TemporaryDirectory() as unpacked:
        settings = {"AUTH": "true", "TMPDIR": unpacked, "HOME": unpacked, "AWS_EC2_METADATA_DISABLED": "true"}
        try:
            with engines.start("rehearsal", command, engines.loopback_environment(port) | settings, port) as endpoint:
                report("ministack, with AUTH=true", endpoint)
                account = aws.RehearsedAccount(endpoint)
                complaint_life.run(RehearsedOrganisation(account, aws.deploy(account, package, HOME)))
        except (RehearsalFailed, engines.EngineUnavailable) as wrong:
            print(f"Failed: {wrong}\nThe emulator's log: {fetch.HOME / 'rehearsal.log'}", file=sys.stderr)
            return 1
    report("rehearsal", "all steps passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
