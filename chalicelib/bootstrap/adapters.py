"""The AWS adapter for each port. Only this module imports all adapters.

`bootstrap` imports it at first use, so `import app` does not load the adapters.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from msgspec.structs import replace

from chalicelib.access.binding import CredentialProvider, OwnCredentials
from chalicelib.access.clients import Clients
from chalicelib.access.cognito import CognitoIdentity
from chalicelib.access.id_tokens import FetchKeySet, for_user_pool
from chalicelib.access.scoped_credentials import AssumeRole, ScopedCredentials
from chalicelib.crypto.data_keys import DataKeys
from chalicelib.crypto.sealing import EncryptionSdkSealer
from chalicelib.crypto.secrets import SecretsManagerKeys
from chalicelib.features.evidence.scanning.scanners import scanner
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.features.messages.mail.ses import SesMailer
from chalicelib.features.messages.sqs import SqsQueue
from chalicelib.features.messages.webhooks.webhook_http import WebhookPoster
from chalicelib.features.record.s3_vault import S3Vault
from chalicelib.kit.instants import DAY, HOUR, MINUTE
from chalicelib.kit.settings import Settings
from chalicelib.kit.system_clock import real_time
from chalicelib.limits.daily_filings import DailyFilings
from chalicelib.limits.request_rates import RequestRates
from chalicelib.limits.sources import RequestSources
from chalicelib.limits.wrong_receipts import WrongReceipts
from chalicelib.ports import Sealer, Secrets, TimeSource
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyCache, PolicyLanguage, compile_version
from chalicelib.wiring import OUTWARD, SessionTimes, Wiring

if TYPE_CHECKING:
    from chalicelib.access.id_tokens import IdTokens
    from chalicelib.limits.budgets import Budgets
    from chalicelib.ports import Signer
    from chalicelib.ports.issuer import Issuer
    from chalicelib.ports.search_index import SearchIndex


def deployed(
    settings: Settings, *, clock: TimeSource = real_time, fetch_keys: FetchKeySet | None = None, loopback: bool = False
) -> Wiring:
    """`clock`: domain time. `fetch_keys`: by default Amazon Cognito's. `loopback`: webhooks may use this machine."""
    store, provider = _store(settings, botocore.session.Session())
    clients = Clients(region=settings.region, provider=provider)
    (secrets, sealer), tokens = _keys(store, clients, settings), for_user_pool(settings, real_time, fetch_keys)
    found = Wiring(
        store=store,
        identity=CognitoIdentity(clients, settings.user_pool),
        mailer=SesMailer(clients, settings.mail_from, settings.mail_set),
        poster=WebhookPoster(loopback=loopback),
        effects=SqsQueue(clients, settings.effects_queue),
        hooks=SqsQueue(clients, settings.hooks_queue),
        due=SqsQueue(clients, settings.due_queue),
        objects=S3Objects(clients, settings.bucket, settings.lock_mode),
        vault=S3Vault(clients, settings.bucket, real_time, mode=settings.anchor_mode, days=settings.anchor_days),
        signer=cast("Signer", _OnUse(lambda: _signer(clients, settings))),
        grace=settings.leaving_days * DAY,
        scanner=scanner(settings.scanner),
        region=settings.region,
        lock_days=settings.lock_days,
        sealer=sealer,
        search=cast("SearchIndex", _OnUse(lambda: _search_index(clients, settings, sealer))),
        secrets=secrets,
        states=Directory(store, real_time),
        tokens=tokens,
        issuer=cast("Issuer", _OnUse(lambda: _issuer(settings, tokens))),
        session_times=_session_times(settings),
        sources=_request_sources(settings),
        rates=RequestRates(store, real_time, factor=settings.plan_requests_factor),
        filings=DailyFilings(store, real_time, factor=settings.address_complaints_factor),
        wrong_receipts=WrongReceipts(store, secrets, real_time),
        budgets=cast("Budgets", _OnUse(lambda: _budgets(secrets, settings))),
        policies=PolicyLanguage(),
        policy_cache=PolicyCache(compile_version),
        address=settings.address,
        clock=clock,
        real_clock=real_time,
    )
    return _guarded(found)


def _store(settings: Settings, session: Any) -> tuple[DynamoStore, CredentialProvider]:
    provider = _credential_provider(settings, session)
    return DynamoStore(settings.table, region=settings.region, provider=provider, session=session), provider


def _keys(store: DynamoStore, clients: Clients, settings: Settings) -> tuple[SecretsManagerKeys, EncryptionSdkSealer]:
    secrets = SecretsManagerKeys(clients, settings.secret, real_time)
    return secrets, EncryptionSdkSealer(DataKeys(store, clients.kms, settings.key))


class _OnUse:
    """Builds an adapter when it is first used, because few requests need it."""

    def __init__(self, build: Callable[[], object]) -> None:
        self._built = cache(build)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._built(), name)


def _guarded(wiring: Wiring) -> Wiring:
    """Nothing leaves a practice organisation. What holds it back is loaded when something would leave."""

    def guard(name: str) -> object:
        from chalicelib.features.practice.outgoing import guarded

        return getattr(guarded(wiring), name)

    return replace(wiring, **{name: _OnUse(partial(guard, name)) for name in OUTWARD})


def _search_index(clients: Clients, settings: Settings, sealer: Sealer) -> SearchIndex:
    from chalicelib.features.search.index.s3_segments import S3Segments
    from chalicelib.features.search.index.sqlite_index import SqliteIndex

    return SqliteIndex(S3Segments(clients, settings.bucket), sealer)


def _signer(clients: Clients, settings: Settings) -> Signer:
    from chalicelib.crypto.kms_signer import KmsSigner

    return KmsSigner(clients.kms, settings.statement_key)


def _session_times(settings: Settings) -> SessionTimes:
    return SessionTimes(settings.session_idle_minutes * MINUTE, settings.session_hours * HOUR)


def _issuer(settings: Settings, tokens: IdTokens) -> Issuer:
    from chalicelib.access.issuer import OidcIssuer

    return OidcIssuer(
        url=settings.sign_in,
        accounts=settings.accounts,
        client=settings.user_pool_client,
        address=settings.address,
        tokens=tokens,
    )


def _budgets(secrets: Secrets, settings: Settings) -> Budgets:
    from chalicelib.limits.budgets import Budgets, allowance

    return Budgets(secrets, real_time, allowance(settings))


def _credential_provider(settings: Settings, session: Any) -> CredentialProvider:
    assume = AssumeRole(session, region=settings.region, role=settings.tenant_role)
    erase = AssumeRole(session, region=settings.region, role=settings.erasure_role)
    return ScopedCredentials(OwnCredentials(session), assume, real_time, erase=erase)


def _request_sources(settings: Settings) -> RequestSources:
    return RequestSources(addresses=settings.address_requests, people=settings.person_requests, real_clock=real_time)
