"""What people see and touch. Reads through `services.ports.Queries`, acts through the verbs of `services`, and owns no rule."""
