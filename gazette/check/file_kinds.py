"""Which published files the gate looks into."""

ATTACHMENTS = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".ppsx", ".ofd", ".pdf")
CLOSED = (".doc", ".dot", ".xls", ".ppt", ".pps", ".wps", ".et", ".dps", ".zip", ".rar", ".7z")
"""Older and other office files, and archives, which it cannot look into."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif")
FILE_SUFFIXES = (*ATTACHMENTS, *CLOSED, *PICTURES)
FILE_STEPS = ("attachment", "picture-place")
"""Under these names the ledger remembers what files hold."""
