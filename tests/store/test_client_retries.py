"""Clients repeat a request after a lost response only if the service can take it twice."""

from __future__ import annotations

import boto3

from chalicelib.access.binding import OwnCredentials
from chalicelib.access.clients import Clients


def test_only_ses_gets_each_request_once() -> None:
    made = Clients(region="eu-central-1", provider=OwnCredentials(boto3.session.Session()))
    clients = [made.ses(), made.sqs(), made.kms(), made.s3(), made.secrets(), made.cognito()]

    limits = {one.meta.service_model.service_name: one.meta.config.retries.get("total_max_attempts") for one in clients}

    assert [service for service, limit in limits.items() if limit == 1] == ["ses"]
