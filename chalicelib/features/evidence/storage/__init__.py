"""The port to the evidence bucket and its Amazon S3 adapter."""
