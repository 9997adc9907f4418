from __future__ import annotations

import pytest
from botocore import session
from botocore.loaders import create_loader
from moto.core import utils

from infra import service_models


@pytest.mark.parametrize("service", ["dynamodb", "cognito-idp"])
def test_a_service_is_described_as_botocore_itself_reads_it(service: str) -> None:
    expected = create_loader().load_service_model(service, "service-2")

    with service_models.installed():
        found = create_loader().load_service_model(service, "service-2")

    assert found == expected
    assert type(found) is not type(expected), "botocore's own loader was used"


def test_the_services_are_listed_once() -> None:
    with service_models.installed():
        loaders = [session.Session().get_component("data_loader") for _ in range(2)]
        moto: object = vars(utils)["create_loader"]()

    assert loaders[0] is loaders[1] is moto
