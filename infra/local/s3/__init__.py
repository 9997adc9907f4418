"""The parts of Amazon S3 that moto lacks: checks of presigned uploads and links, and object events."""
