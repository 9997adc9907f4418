"""What an event changes: the state after it, the clocks, and what follows from it at the same instant."""
