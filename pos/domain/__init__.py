"""What a shop is. Pure: no Qt, no SQL, no HTTP, no files, no clock, no locale."""
