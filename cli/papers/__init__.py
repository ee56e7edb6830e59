"""Administrative papers in the form of Decree 30/2020, as Word documents and as PDF."""
