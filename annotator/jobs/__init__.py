"""Long work without a screen; each yields Progress and can be cancelled."""
