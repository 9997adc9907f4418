"""Outgoing e-mail on Amazon SES."""

from __future__ import annotations

from chalicelib.tenants import binding
from chalicelib.tenants.clients import Clients


class SesMailer:
    """`ports.Mailer`: plain text in UTF-8, from the deployment's one sender."""

    def __init__(self, clients: Clients, sender: str) -> None:
        """`sender`: an address that SES has verified."""
        self._clients = clients
        self._sender = sender

    def send(self, to: str, subject: str, text: str) -> None:
        with binding.directory():
            self._clients.ses().send_email(
                Source=self._sender,
                Destination={"ToAddresses": [to]},
                Message={
                    "Subject": {"Data": subject, "Charset": "UTF-8"},
                    "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
                },
            )
