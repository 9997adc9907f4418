"""Event logs for process mining: records as OCEL 2.0 and XES, without free text (docs/exports/process-mining.md)."""
