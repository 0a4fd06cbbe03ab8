"""Online orders: the board, the hand-over and the finished ones."""
