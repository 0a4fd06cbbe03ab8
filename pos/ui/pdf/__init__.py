"""Papers as PDF pages: nota and kuitansi on A5 or A4, a sheet of labels. Set from the same documents as the narrow paper."""
