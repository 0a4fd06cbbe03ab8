"""Ways for frozen bytes to reach a printer. Each says how many bytes it handed over and what it knows of their end."""
