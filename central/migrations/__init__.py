"""The database's versions, one script each; they ship with the program."""
