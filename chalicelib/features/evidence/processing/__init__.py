"""What happens to a file after its upload: check, seal or refusal, retention."""
