"""What names are that no list holds: told by what a text does with them and by where they stand."""
