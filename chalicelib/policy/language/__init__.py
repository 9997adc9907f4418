"""The policy language: its structs, vocabulary and conditions."""
