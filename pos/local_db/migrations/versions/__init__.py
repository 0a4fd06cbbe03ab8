"""One module a revision, numbered; each is frozen once released."""
