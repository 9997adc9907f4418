"""Encryption, data keys, server secrets and signatures."""
