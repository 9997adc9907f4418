"""Checks of the repository, of its packages and of the packaged template. Not part of the deployment."""
