"""What can be set on this machine."""
