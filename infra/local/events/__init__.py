"""What AWS delivers by itself: the stream, queues, and schedules."""
