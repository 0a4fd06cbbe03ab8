"""Mutation testing of the protocol's decisions: each is changed a little, and the tests must notice. `python -m tests.mutation`."""
