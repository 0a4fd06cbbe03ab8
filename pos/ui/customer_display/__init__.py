"""What the customer sees on a screen of their own: the last item, the total, a QR, thanks. Owns no sum and knows no customer."""
