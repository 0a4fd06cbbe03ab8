"""The room of what the shop pays and where its money is: suppliers, goods on consignment, the cash book."""
