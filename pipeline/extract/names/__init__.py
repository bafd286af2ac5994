"""Names as they stand in a part: where each begins and ends, what it is called elsewhere, which thing it means."""
