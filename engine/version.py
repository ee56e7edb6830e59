"""The version of diaban, stated once."""

VERSION = "0.1.0"
