"""Disk: scans and label maps, in and out."""
