"""Reports, the rebuild of their figures, and back-tests."""
