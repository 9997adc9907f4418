"""Long-running work on many complaints, in steps."""
