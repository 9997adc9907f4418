"""The conversation of complainant and office, beside the acts themselves (`complaints.acting.talking`)."""
