"""The parts of Amazon S3 that the emulator leaves out: signed uploads and links, and object events."""
