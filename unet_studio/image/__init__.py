"""What is looked at: volumes, the planes through them, and how intensities become grey."""
