"""What must not be published: e-mail addresses, telephone numbers, names on the suppression list, names of people."""
