"""The dress rehearsal: `python -m infra.rehearsal PACKAGE` (`make rehearse`, which packages first).

The package goes through CloudFormation into ministack, an emulator that runs its functions as processes, and one
complaint lives its life there. Prints each step with what was seen; exits with 1 at the first that is wrong.
`docs/rehearsal.md` says what differs from AWS.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from infra import engines, fetch
from infra.rehearsal import aws, complaint_life
from infra.rehearsal.organisation import Organisation
from infra.rehearsal.steps import RehearsalFailed, report

HOME = fetch.ROOT / ".local" / "rehearsal"


def main(package: Path) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the emulator ends too
    HOME.mkdir(parents=True, exist_ok=True)
    port = engines.free_port()
    command = [str(fetch.ministack())]
    with TemporaryDirectory() as unpacked:
        own = {"AUTH": "true", "TMPDIR": unpacked, "HOME": unpacked, "AWS_EC2_METADATA_DISABLED": "true"}
        try:
            with engines.start("rehearsal", command, engines.loopback_environment(port) | own, port) as endpoint:
                report("ministack, with AUTH=true", endpoint)
                account = aws.Account(endpoint)
                complaint_life.run(Organisation(account, aws.deploy(account, package, HOME)))
        except (RehearsalFailed, engines.EngineUnavailable) as wrong:
            print(f"Wrong: {wrong}\nThe emulator's log: {fetch.HOME / 'rehearsal.log'}", file=sys.stderr)
            return 1
    report("the rehearsal", "all of it was as it should be")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
