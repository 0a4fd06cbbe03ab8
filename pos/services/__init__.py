"""What a shop does: one verb a function. `ports` names what the verbs need from outside."""
