"""Runs other engines with the DynamoDB protocol, for the store's contract tests: `python -m infra.engines NAME`.

`ministack` (PyPI) runs on 127.0.0.1 in its own virtual environment. `dynamodb-local` is AWS's own, from the npm package
`amplify-dynamodb-simulator`. It listens on every address, so it starts only in a network namespace with nothing but
loopback: `python -m infra.engines test` creates one and runs the contract tests there. Both engines are downloaded to
`.local/` at first use.
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

from infra.engines import fetch

READY_SECONDS = 60
ENDS_SECONDS = 5
"""Then it is killed: ministack waits minutes for connections that its functions keep open."""


class EngineUnavailable(Exception):
    """The engine cannot run on this machine. The text gives the reason."""


@contextmanager
def run_engine(name: str) -> Iterator[str]:
    """Runs the engine while the context lasts. Yields its endpoint. Raises `EngineUnavailable`."""
    if name not in _ENGINES:
        raise ValueError(f"engines are {', '.join(_ENGINES)}")
    port = free_port()
    command, environment = _ENGINES[name](port)
    with start(name, command, environment, port) as endpoint:
        yield endpoint


@contextmanager
def start(name: str, command: Sequence[str], environment: dict[str, str], port: int) -> Iterator[str]:
    """Runs the command while the context lasts. Yields its endpoint. Raises `EngineUnavailable`."""
    log = fetch.HOME / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 our own programs and arguments
            command, env=environment, cwd=fetch.HOME, stdout=output, stderr=output, start_new_session=True
        )
        try:
            _wait_until_ready(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and its children, which are in its process group."""
    process.terminate()
    try:
        process.wait(ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ministack(port: int) -> tuple[Sequence[str], dict[str, str]]:
    return [str(fetch.ministack())], {**loopback_environment(port), "SERVICES": "dynamodb"}


def loopback_environment(port: int) -> dict[str, str]:
    """ministack's environment: it listens on 127.0.0.1 and on one port only."""
    closed = {"BIND_HOST": "127.0.0.1", "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0"}
    return {"PATH": os.environ["PATH"], "GATEWAY_PORT": str(port), **closed}


def _dynamodb_local(port: int) -> tuple[Sequence[str], dict[str, str]]:
    if not _loopback_only():
        raise EngineUnavailable("it would listen on every address of this machine; use `python -m infra.engines test`")
    java = shutil.which("java")
    if java is None:
        raise EngineUnavailable("Java 17 is not installed")
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


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EngineUnavailable(f"it did not start; see {log}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    """True for any HTTP response, also for an error."""
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
    """Download what is missing, then run the contract tests in a network namespace with loopback only."""
    fetch.ministack()
    if shutil.which("java") and shutil.which("npm"):
        fetch.dynamodb_local()
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare") or _run(*alone, "true"):
        print("this machine allows no network namespace, so DynamoDB Local is skipped", file=sys.stderr)
        return _test_inside()
    return _run(*alone, sys.executable, "-m", "infra.engines", "test-inside")


def _test_inside() -> int:
    if _loopback_only() and _run("ip", "link", "set", "lo", "up"):
        return 1
    os.environ["ENGINES"] = ",".join(_ENGINES)
    contract = sorted(
        str(path) for path in (fetch.ROOT / "tests" / "kernel" / "store" / "contract").glob("test_contract_*.py")
    )
    return _run(sys.executable, "-m", "pytest", "-rs", *contract, "tests/kernel/store/contract/test_dynamo.py")


def _loopback_only() -> bool:
    """True where this network namespace has loopback only."""
    return [name for _, name in socket.if_nameindex()] == ["lo"]


def _run(*command: str) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603 our own programs and arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
