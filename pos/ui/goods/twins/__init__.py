"""The page on which goods that stand in the list twice are made one."""
