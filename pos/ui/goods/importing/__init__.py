"""A spreadsheet into the list of goods, with a verdict for each row before anything is kept."""
