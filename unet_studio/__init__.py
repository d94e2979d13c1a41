"""UNet Studio: outline structures in medical scans with a U-Net that learns from your corrections."""

__version__ = "0.1.0"
