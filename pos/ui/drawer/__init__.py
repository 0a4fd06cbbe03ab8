"""Opening the drawer with its float and closing it by counting. Owns no sum: what should be in it comes from the store."""
