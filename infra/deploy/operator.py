"""The person who deploys: reads what happens, and confirms."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class DeploymentStopped(RuntimeError):
    """The deployment cannot go on. The message is for the operator."""


class DeployingOperator(Protocol):
    def tell(self, text: str) -> None: ...

    def confirms(self, question: str, answer: str) -> bool:
        """Whether the operator types `answer`."""
        ...


class Terminal:
    """`DeployingOperator` at a terminal. `confirmed`: for pipelines, the answers that are given beforehand."""

    def __init__(self, confirmed: Collection[str]) -> None:
        self._confirmed = confirmed

    def tell(self, text: str) -> None:
        print(text, flush=True)

    def confirms(self, question: str, answer: str) -> bool:
        if answer in self._confirmed:
            print(f"{question} ({answer}, confirmed beforehand)", flush=True)
            return True
        try:
            return input(f"{question} Type {answer!r}: ").strip() == answer
        except EOFError:
            return False
