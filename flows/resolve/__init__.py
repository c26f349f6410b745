"""Which names mean the same: bureaus, projects and indicators over all reports, after reading and before the models are built."""
