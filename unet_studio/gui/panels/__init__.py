"""The panels beside the canvas; none knows another."""
