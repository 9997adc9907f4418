"""Jobs: long-running work on many complaints, done in steps."""
