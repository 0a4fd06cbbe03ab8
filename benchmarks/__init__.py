"""What limits.md asks, as ratios against a limit measured in the same run. `python -m benchmarks` prints the table."""
