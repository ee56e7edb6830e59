"""Localities through changes of the administrative map."""
