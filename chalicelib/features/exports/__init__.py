"""Exports: an archive of everything that an organisation holds, and its offline verification."""
