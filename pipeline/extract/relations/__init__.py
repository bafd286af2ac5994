"""Who is in what, who was where, what belongs to what and since when: statements become claims."""
