"""What each command does, by menu."""
