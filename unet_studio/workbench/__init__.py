"""What is open now, without a window."""
