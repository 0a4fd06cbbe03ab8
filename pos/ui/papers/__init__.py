"""Papers that someone asks for: the dialogues for nota and kuitansi, and for labels and sheets of the goods list."""
