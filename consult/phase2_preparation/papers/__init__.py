"""Papers of joint preparation as Word and PDF files: titled tables and short reports. No database."""
