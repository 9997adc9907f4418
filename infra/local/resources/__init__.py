"""CloudFormation resources made in the emulator, one function a resource type."""
