"""What a test process does once: it reads AWS models, PDFs and moto's keys, and takes the settings of searches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from copy import copy
from functools import cache, lru_cache
from importlib import reload
from typing import Any, BinaryIO

from botocore import handlers, httpsession, session
from moto.cognitoidp import models as pool_models
from moto.core import models as moto_models
from moto.kms import models as kms_models

from chalicelib.features.evidence.check.pdf import other_process
from chalicelib.kit import mail
from chalicelib.particulars import terms
from infra.moto import lighter_moto
from tests.helpers import searches  # noqa: F401  whose settings hold for every property test

SHORT = 200
"""Characters of a text that counts as short."""


def install() -> None:
    """All botocore sessions share one loader. Otherwise each session would read the models of AWS services again.

    A session copies the handlers of the first one, since to register its own 250 takes 7 ms.

    A PDF that was accepted is read once per test process. Reading starts another process, which takes 0.2 s.

    The clients share one TLS context, since moto opens no connection. moto's user pools all sign with one key; to read
    it takes 0.1 s. Symmetric keys get no pair of RSA keys, as on the local stack: to make one takes 50 ms. Each start
    of moto would listen in the package `requests` with 1,300 patterns, but no test sends requests to AWS with it.

    A text of a mail is searched for web addresses once. Thousands of mails have the same texts. So do complaints, whose
    texts are read for particulars. Long texts are read each time: tests measure how long that takes.
    """
    module: Any = session
    module.create_loader = cache(module.create_loader)
    module.Session._register_builtin_handlers = _copied(module.Session._register_builtin_handlers)
    connections: Any = httpsession
    connections.create_urllib3_context = cache(connections.create_urllib3_context)
    pool_key: Any = pool_models.jwk.RSAKey
    pool_key.import_key = _once_per_key(pool_key.import_key)
    moto_models.RESPONSES_METHODS.clear()
    keys: Any = kms_models
    keys.generate_private_key = lighter_moto.only_of_a_pair(keys.generate_private_key)
    reader: Any = other_process
    reader.check = _once_per_content(reader.check)
    mails: Any = mail
    mails.without = lru_cache(maxsize=10_000)(mails.without)
    read: Any = terms
    for name in ("of_value", "of_free_text", "of_person_in"):
        setattr(read, name, _once_per_short_text(getattr(read, name)))
    _keep_urls_of_s3()


def _keep_urls_of_s3() -> None:
    """moto reads a module again twice for each request, in case that the environment names other endpoints."""
    from moto import settings
    from moto.s3 import urls
    from moto.s3.models import S3Backend

    again = lru_cache(maxsize=1)(lambda _endpoints: reload(urls))
    backend: Any = S3Backend
    backend._url_module = property(lambda _: again(tuple(settings.get_s3_custom_endpoints())))


def _once_per_short_text(read: Callable[..., Any]) -> Callable[..., Any]:
    once = lru_cache(maxsize=10_000)(read)
    return lambda *texts: (once if len(texts[-1]) < SHORT else read)(*texts)


def _once_per_key(read: Callable[[dict[str, str]], Any]) -> Callable[[dict[str, str]], Any]:
    once = cache(lambda text: read(json.loads(text)))
    return lambda key: once(json.dumps(key))


def _once_per_content(check: Callable[[BinaryIO, int], bytes | None]) -> Callable[[BinaryIO, int], bytes | None]:
    """Refusals and failures are not kept."""
    kept: dict[tuple[str, bytes], bytes | None] = {}

    def checked(file: BinaryIO, size: int) -> bytes | None:
        file.seek(0)
        key = other_process.PROGRAM, hashlib.sha256(file.read()).digest()
        if key not in kept:
            kept[key] = check(file, size)
        return kept[key]

    return checked


def _copied(register: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """moto adds a handler when it is imported, so the sessions before and after it have different ones."""
    kept: dict[int, Any] = {}

    def registered(new: Any, events: Any) -> None:
        emitter, known = new._original_handler, len(handlers.BUILTIN_HANDLERS)
        if known in kept:
            vars(emitter).update(vars(copy(kept[known])))
        else:
            register(new, events)
            kept[known] = copy(emitter)

    return registered
