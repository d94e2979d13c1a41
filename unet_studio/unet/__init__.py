"""The U-Net: its layers, training and checkpoints."""
