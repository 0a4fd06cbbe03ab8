"""Taking the money: what was handed over, what goes back, and the end of the sale. Owns no rule of money."""
