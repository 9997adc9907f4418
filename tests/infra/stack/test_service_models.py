from __future__ import annotations

import pytest
from botocore import session
from botocore.loaders import create_loader
from moto.core import utils

from infra.moto import service_models


@pytest.mark.parametrize("service", ["dynamodb", "cognito-idp"])
def test_a_service_is_described_as_botocore_itself_reads_it(service: str) -> None:
    expected = create_loader().load_service_model(service, "service-2")

    with service_models.installed():
        found = create_loader().load_service_model(service, "service-2")

    assert found == expected
    assert type(found) is not type(expected), "botocore's own loader was used"


def test_the_services_are_listed_once_for_all_sessions() -> None:
    with service_models.installed():
        first, second = (session.Session().get_component("data_loader") for _ in range(2))

    assert first is second


def test_moto_keeps_the_errors_that_it_adds() -> None:
    def described() -> object:
        return utils.get_service_model.__wrapped__("sqs").shape_for("QueueDoesNotExist").metadata

    expected = described()

    with service_models.installed():
        assert described() == expected
