"""Creates the template's resources in the emulator, one function per resource type."""
