"""Who is at the counter: the lock screen with its tiles, the PIN pad, and a role's PIN asked for in place. Owns no PIN and no rule."""
