"""The files of the pages, in the bucket behind the stack's distribution, and what the distribution has in its caches.

A file's name has the digest of its content. Files of earlier deployments stay, because open pages and a rollback use
them. So they can be sent before the pages that name them. The page that CloudFront shows when it does not reach the
API is the only one whose name stays.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from chalicelib.web.pages import assets
from chalicelib.web.pages.assets import Asset
from infra.deploy.stack import StackState

FOLDER = "chalicelib/web/pages/static"
BUCKET, ID, TARGET = "PagesBucketName", "DistributionId", "DistributionTarget"
"""Outputs of a stack that has a distribution."""
UNAVAILABLE = "/static/unavailable.html"
"""`infra/template.yaml` names it."""
_A_MINUTE = "public, max-age=60"


class Distribution(NamedTuple):
    """The boto3 clients."""

    s3: Any
    cloudfront: Any

    def files_of(self, template: Mapping[str, Any]) -> list[Asset]:
        """The files in the archive of the API's function, which `template` names in the bucket of the code."""
        code = template["Resources"]["APIHandler"]["Properties"]["CodeUri"]
        files = files_in(self.s3.get_object(Bucket=code["Bucket"], Key=code["Key"])["Body"].read())
        return [*files, _unavailable(files)]

    def send(self, files: Sequence[Asset], state: StackState) -> None:
        for each in files:
            self.s3.put_object(
                Bucket=state.outputs[BUCKET],
                Key=each.path.removeprefix("/"),
                Body=each.content.encode(),
                ContentType=each.media_type,
                CacheControl=_A_MINUTE if each.path == UNAVAILABLE else assets.FOR_EVER,
            )

    def invalidate(self, state: StackState, reference: str) -> None:
        """Lets the caches forget all answers. `reference`: another one for each deployment."""
        self.cloudfront.create_invalidation(
            DistributionId=state.outputs[ID],
            InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": reference},
        )


def has_distribution(state: StackState | None) -> bool:
    return state is not None and TARGET in state.outputs


def _unavailable(files: Sequence[Asset]) -> Asset:
    """In both languages: CloudFront does not look at what the reader prefers."""
    page = Path(__file__).with_name("unavailable.html").read_text("utf-8")
    style = next((each.path for each in files if each.path.endswith(".css")), "")
    return Asset(UNAVAILABLE, page.replace("$style", style), "text/html; charset=utf-8")


def files_in(archive: bytes) -> list[Asset]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        paths = [PurePosixPath(name) for name in opened.namelist()]
        ours = [path for path in paths if path.is_relative_to(FOLDER) and path.suffix in assets.MEDIA_TYPES]
        sources = {path.name: opened.read(str(path)).decode() for path in ours}
    return list(assets.assets(sources).values())
