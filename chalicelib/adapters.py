"""Adapters for AWS behind each port: the only module that knows them all, and the only one that imports them.

`wiring.load` and `wiring.current` import it, so importing the app costs none of this.
"""

from __future__ import annotations

from typing import Any

import botocore.session

from chalicelib.evidence.s3 import S3Objects
from chalicelib.evidence.scanners import scanner
from chalicelib.http.sources import Sources
from chalicelib.instants import DAY
from chalicelib.leaving.kms import KmsSigner
from chalicelib.messages.post import WebhookPoster
from chalicelib.messages.ses import SesMailer
from chalicelib.messages.sqs import SqsQueue
from chalicelib.ports import Clock
from chalicelib.record.s3 import S3Vault
from chalicelib.settings import Settings
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tenants.binding import CredentialProvider, OwnCredentials
from chalicelib.tenants.clients import Clients
from chalicelib.tenants.cognito import CognitoIdentity
from chalicelib.tenants.data_keys import DataKeys
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.filings import Filings
from chalicelib.tenants.language import PolicyLanguage
from chalicelib.tenants.rates import Rates
from chalicelib.tenants.receipt_locks import ReceiptLocks
from chalicelib.tenants.sealing import EncryptionSdkSealer
from chalicelib.tenants.secrets import SecretsManagerKeys
from chalicelib.tenants.vended import AssumeRole, VendedCredentials
from chalicelib.wiring import Fetch, Wiring, real_time, tokens


def deployed(
    settings: Settings, *, clock: Clock = real_time, fetch_keys: Fetch | None = None, loopback: bool = False
) -> Wiring:
    """Adapters for the resources that the settings name.

    `clock`: the domain's present. `fetch_keys`: how the user pool's keys are had, by default from Amazon Cognito.
    `loopback`: whether webhooks may lead to `http://127.0.0.1` (the local stack, by its own setting).
    """
    session = botocore.session.Session()
    provider = _vending(settings, session)
    store = DynamoStore(settings.table, region=settings.region, provider=provider, session=session)
    clients = Clients(region=settings.region, provider=provider)
    secrets = SecretsManagerKeys(clients, settings.secret)
    return Wiring(
        store=store,
        identity=CognitoIdentity(clients, settings.user_pool),
        mailer=SesMailer(clients, settings.mail_from, settings.mail_set),
        poster=WebhookPoster(loopback=loopback),
        effects=SqsQueue(clients, settings.effects_queue),
        hooks=SqsQueue(clients, settings.hooks_queue),
        due=SqsQueue(clients, settings.due_queue),
        objects=S3Objects(clients, settings.bucket, settings.lock_mode),
        vault=S3Vault(clients, settings.bucket, real_time, mode=settings.anchor_mode, days=settings.anchor_days),
        signer=KmsSigner(clients.kms, settings.statement_key),
        grace=settings.leaving_days * DAY,
        scanner=scanner(settings.scanner),
        lock_days=settings.lock_days,
        sealer=EncryptionSdkSealer(DataKeys(store, clients.kms, settings.key)),
        secrets=secrets,
        states=Directory(store, real_time),
        tokens=tokens(settings, real_time, fetch_keys),
        sources=Sources(addresses=settings.address_requests, people=settings.person_requests, real_clock=real_time),
        rates=Rates(store, real_time, factor=settings.plan_requests_factor),
        filings=Filings(store, real_time, factor=settings.address_complaints_factor),
        locks=ReceiptLocks(store, secrets, real_time),
        policies=PolicyLanguage(),
        address=settings.address,
        clock=clock,
        real_clock=real_time,
    )


def _vending(settings: Settings, session: Any) -> CredentialProvider:
    assume = AssumeRole(session, region=settings.region, role=settings.tenant_role)
    erase = AssumeRole(session, region=settings.region, role=settings.erasure_role)
    return VendedCredentials(OwnCredentials(session), assume, real_time, erase=erase)
