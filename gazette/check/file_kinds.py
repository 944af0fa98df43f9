"""Which published files the gate looks into."""

ATTACHMENTS = (".docx", ".docm", ".xlsx", ".xlsm", ".pdf")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif")
FILE_SUFFIXES = (*ATTACHMENTS, *PICTURES)
FILE_STEPS = ("attachment", "picture-place")
"""Under these names the ledger remembers what files hold."""
