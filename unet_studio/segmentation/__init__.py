"""What a network is to the rest of the program."""
