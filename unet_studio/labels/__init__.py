"""What is drawn: label maps, the edits that change them, and the geometry of drawing."""
