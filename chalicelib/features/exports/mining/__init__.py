"""Event logs for process mining: the records as OCEL 2.0 and XES, without free text (docs/process-mining.md)."""
