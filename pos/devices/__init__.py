"""What else hangs on the counter: scales. Knows neither screen nor store."""
