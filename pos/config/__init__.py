"""What belongs to this machine and not to the shop: where files are, settings, keys, logs."""
