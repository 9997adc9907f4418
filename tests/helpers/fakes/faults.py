"""Crashes at the ports: the process dies just before or just after the k-th external call."""

from __future__ import annotations

from typing import Any


class Crash(BaseException):
    """The death of the process. Not an `Exception`, because the program must not catch it."""


class Breaker:
    """Counts the calls of all ports that it wraps, and crashes at one of them.

    `at` counts from 1. `after=True`: the call takes effect, but its response is lost.
    """

    def __init__(self, at: int, *, after: bool = False) -> None:
        self.at = at
        self.after = after
        self.calls = 0

    def reached(self) -> None:
        """Called at the `at`-th call. Raises `Crash`; subclasses may do something else."""
        raise Crash

    def wrap(self, port: Any) -> Any:
        return _Wrapped(port, self)


class _Wrapped:
    def __init__(self, port: Any, breaker: Breaker) -> None:
        self._port = port
        self._breaker = breaker

    def __getattr__(self, name: str) -> Any:
        target = getattr(self._port, name)
        return self._broken(target) if callable(target) else target

    def _broken(self, target: Any) -> Any:
        breaker = self._breaker

        def call(*args: Any, **kwargs: Any) -> Any:
            breaker.calls += 1
            here = breaker.calls == breaker.at
            if here and not breaker.after:
                breaker.reached()
            answer = target(*args, **kwargs)
            if here and breaker.after:
                breaker.reached()
            return answer

        return call
