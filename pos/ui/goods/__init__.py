"""The list of goods, one product's prices and stock, and the import."""
