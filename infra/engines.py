"""Other engines that speak DynamoDB's protocol, for the store's contract: `python -m infra.engines NAME`.

`ministack` (PyPI) runs from a virtual environment of its own on 127.0.0.1. `dynamodb-local` is AWS's own, out of the
npm package `amplify-dynamodb-simulator`; it binds every address, so it is only started in a network namespace that has
nothing but loopback: `python -m infra.engines test` makes one and runs the contract in it. Both are fetched into
`.local/` when first wanted.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from infra import fetch

READY_SECONDS = 60
ENDS_SECONDS = 5
"""ministack waits for connections that its functions hold open, for minutes."""


class EngineUnavailable(Exception):
    """The engine cannot run on this machine; the text says why."""


@contextmanager
def run_engine(name: str) -> Iterator[str]:
    """The engine for the length of a `with`; gives its endpoint. Raises `NotHere`."""
    if name not in _ENGINES:
        raise ValueError(f"engines are {', '.join(_ENGINES)}")
    port = free_port()
    command, environment = _ENGINES[name](port)
    with start(name, command, environment, port) as endpoint:
        yield endpoint


@contextmanager
def start(name: str, command: Sequence[str], environment: dict[str, str], port: int) -> Iterator[str]:
    """The command, until the `with` ends; gives its endpoint. Raises `NotHere`."""
    log = fetch.HOME / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 our own programs and arguments
            command, env=environment, cwd=fetch.HOME, stdout=output, stderr=output, start_new_session=True
        )
        try:
            _wait_until_it_answers(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """And the processes that it started: they are one group, which is this one's own."""
    process.terminate()
    try:
        process.wait(ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ministack(port: int) -> tuple[Sequence[str], dict[str, str]]:
    return [str(fetch.ministack())], {**loopback_environment(port), "SERVICES": "dynamodb"}


def loopback_environment(port: int) -> dict[str, str]:
    """ministack's environment: it listens on this machine's own address and on no other port."""
    closed = {"BIND_HOST": "127.0.0.1", "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0"}
    return {"PATH": os.environ["PATH"], "GATEWAY_PORT": str(port), **closed}


def _dynamodb_local(port: int) -> tuple[Sequence[str], dict[str, str]]:
    if not _alone():
        raise EngineUnavailable("it would listen on every address of this machine: use `python -m infra.engines test`")
    java = shutil.which("java")
    if java is None:
        raise EngineUnavailable("there is no Java 17")
    home = fetch.dynamodb_local()
    options = [f"-Djava.library.path={home / 'DynamoDBLocal_lib'}", "-jar", str(home / "DynamoDBLocal.jar")]
    return [java, *options, "-inMemory", "-disableTelemetry", "-port", str(port)], {"PATH": os.environ["PATH"]}


_ENGINES: dict[str, Callable[[int], tuple[Sequence[str], dict[str, str]]]] = {
    "ministack": _ministack,
    "dynamodb-local": _dynamodb_local,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EngineUnavailable(f"it did not start; see {log}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    """Any answer of HTTP will do, an error too."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def main(arguments: Sequence[str]) -> int:
    if arguments == ["test"]:
        return _test()
    if arguments == ["test-inside"]:
        return _test_inside()
    if len(arguments) != 1 or arguments[0] not in _ENGINES:
        print(f"usage: python -m infra.engines test | {' | '.join(_ENGINES)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with run_engine(arguments[0]) as endpoint:
            print(endpoint, flush=True)
            signal.pause()
    except EngineUnavailable as reason:
        print(f"{arguments[0]}: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    return 0


def _test() -> int:
    """Fetch what is missing, then run the contract where there is no network but loopback."""
    fetch.ministack()
    if shutil.which("java") and shutil.which("npm"):
        fetch.dynamodb_local()
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare") or _run(*alone, "true"):
        print("no network namespace can be made here, so DynamoDB Local is skipped", file=sys.stderr)
        return _test_inside()
    return _run(*alone, sys.executable, "-m", "infra.engines", "test-inside")


def _test_inside() -> int:
    if _alone() and _run("ip", "link", "set", "lo", "up"):
        return 1
    os.environ["ENGINES"] = ",".join(_ENGINES)
    contract = sorted(str(path) for path in (fetch.ROOT / "tests" / "store").glob("test_contract_*.py"))
    return _run(sys.executable, "-m", "pytest", "-rs", *contract, "tests/store/test_dynamo.py")


def _alone() -> bool:
    """Whether this network namespace has nothing but loopback."""
    return [name for _, name in socket.if_nameindex()] == ["lo"]


def _run(*command: str) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603 our own programs and arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
