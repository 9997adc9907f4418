"""The rebuild of all figures from the records, as a job."""
