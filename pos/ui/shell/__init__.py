"""The frame around every screen: rail, header pills, toasts, help, and the calm dialog for bugs."""
