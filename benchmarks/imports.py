"""Import time of the API and of the authorizer, as whole processes, compared with the libraries' import time."""

from __future__ import annotations

import ast
import inspect
import os
import statistics
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib import bootstrap

RUNS = 15
FLOOR = "import chalice.app, pynamodb.models; from aws_lambda_powertools import Logger"
API = "import os; os.environ['_HANDLER'] = 'app.app'; import app"
"""The API's function, with `_HANDLER` as Lambda sets it: it imports the routes used most and the adapters."""
EXIT = "import os; os._exit(0)"
"""Exits without finalisation, which would take time for each imported module. Lambda's processes do not finalise."""


def programs() -> Mapping[str, str]:
    """Return what each process runs, by name. The token verifier's imports are read from `bootstrap`."""
    logger = "from aws_lambda_powertools import Logger"
    tokens = "; ".join(imports_in(bootstrap.current_tokens))
    rest = f"import chalicelib.bootstrap.adapters; {tokens}; {logger}"
    return {
        "nothing": "pass",
        "floor: Chalice, PynamoDB, Powertools Logger": FLOOR,
        "API: app, the routes used most, adapters, logger": f"{API}; {rest}",
        "API with every route": f"{API}; {rest}; app.app.load_routes()",
        "authorizer: app, its token verifier": f"import app; {tokens}",
        "authorizer at its first token: PyJWT as well": f"import app; {tokens}; import jwt",
    }


def imports_in(function: Callable[..., Any]) -> Iterator[str]:
    """Yield the import statements in a function's body as text."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    yield from (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def measure() -> dict[str, float]:
    """Return the median milliseconds of each program. They run in turn, so that other load affects all alike.

    A first round, which does not count, writes the byte code: the deployment package has it too.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for program in programs().values():
        run(program, environment)
    times: dict[str, list[float]] = {name: [] for name in programs()}
    for _ in range(RUNS):
        for name, program in programs().items():
            began = time.perf_counter()
            run(program, environment)
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def run(program: str, environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "-c", f"{program}\n{EXIT}"], env=environment, check=True)


def rows() -> Iterator[str]:
    medians = measure()
    floor = medians["floor: Chalice, PynamoDB, Powertools Logger"]
    for name, median in medians.items():
        yield f"| {name} | {median:.0f} | {median / floor:.2f} |"
