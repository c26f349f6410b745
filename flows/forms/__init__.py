"""Evaluation forms, target tables and task lists → rows. Wordings are data (``wording/form.toml``)."""
