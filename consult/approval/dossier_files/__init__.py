"""The dossier as files: one archive of all papers, one volume to print."""
