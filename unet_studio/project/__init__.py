"""What is remembered: settings and the project."""
