"""What committees look at and sign: overviews, courses, calendars, dossiers."""
