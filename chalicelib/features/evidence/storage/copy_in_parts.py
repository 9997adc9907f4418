"""A copy of a large file inside the bucket, in the parts in which it was uploaded.

S3 copies parts at the same time, each within seconds. Equal parts give an equal checksum of checksums, which proves
that the copy is the version that was checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

AT_ONCE = 10
"""Parts that are copied at the same time: as many connections as a client keeps."""


class PartsCopy(msgspec.Struct, frozen=True, kw_only=True):
    """`sizes`: of each part of the source, in bytes. `media_type`: of the copy."""

    bucket: str
    source: str
    version: str
    target: str
    sizes: Sequence[int]
    media_type: str

    def make(self, s3: S3Client, patient_s3: S3Client) -> None:
        """`patient_s3`: waits for minutes, and sends once: S3 joins many parts before it responds.

        A copy that fails is left to the bucket's rule for abandoned uploads. A target that exists stays.
        """
        upload = s3.create_multipart_upload(
            Bucket=self.bucket,
            Key=self.target,
            ContentType=self.media_type,
            ChecksumAlgorithm="SHA256",
            ServerSideEncryption="AES256",
        )["UploadId"]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            # Each thread needs the binding, by which its requests are signed.
            begun = [
                pool.submit(copy_context().run, self._part, s3, upload, number, first, size)
                for number, (first, size) in enumerate(self._places(), 1)
            ]
            parts = [one.result() for one in begun]
        patient_s3.complete_multipart_upload(
            Bucket=self.bucket,
            Key=self.target,
            UploadId=upload,
            MultipartUpload={"Parts": parts},
            IfNoneMatch="*",
        )

    def _places(self) -> list[tuple[int, int]]:
        """The first byte and the size of each part."""
        found, first = [], 0
        for size in self.sizes:
            found.append((first, size))
            first += size
        return found

    def _part(self, s3: S3Client, upload: str, number: int, first: int, size: int) -> Any:
        copied = s3.upload_part_copy(
            Bucket=self.bucket,
            Key=self.target,
            UploadId=upload,
            PartNumber=number,
            CopySource={"Bucket": self.bucket, "Key": self.source, "VersionId": self.version},
            CopySourceRange=f"bytes={first}-{first + size - 1}",
        )["CopyPartResult"]
        return {"PartNumber": number, "ETag": copied["ETag"], "ChecksumSHA256": copied["ChecksumSHA256"]}
