"""The same report under another policy: figures of the replayed complaints, as they were and under the draft."""
