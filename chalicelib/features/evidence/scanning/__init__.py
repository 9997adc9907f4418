"""The port to malware scanners and its adapters."""
