"""Encryption with data keys, the deployment's secrets, and signatures."""
