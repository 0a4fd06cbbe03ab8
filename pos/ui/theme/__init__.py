"""How the till looks: colours, type, icons and drawings. Owns the look and nothing that is looked at.

`tokens` is pure data, `look` puts it into Qt, `pictures` renders icons, drawings, notes and the awning once a size and theme.
"""
