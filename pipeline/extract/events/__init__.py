"""Events: their phrases, calendars and programmes, and the diary that brings them together."""
