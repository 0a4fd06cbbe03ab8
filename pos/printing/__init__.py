"""How the till speaks on paper: documents, layout, commands, frozen bytes, the spool and its transports."""
