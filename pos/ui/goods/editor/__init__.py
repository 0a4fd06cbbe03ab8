"""The page on which a product is made and changed."""
