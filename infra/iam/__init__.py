"""IAM by evaluation: no emulator reads conditions, so what the policies mean is worked out here. Never shipped."""
