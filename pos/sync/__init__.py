"""How the till talks to e-Peken: wire types, client, engine, enrolment."""
