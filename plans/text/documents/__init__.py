"""The plan text as a document that people write in Word or Markdown. Knows no database."""
