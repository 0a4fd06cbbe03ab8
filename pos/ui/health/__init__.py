"""How the till is: line, clock, printer, disk, database."""
