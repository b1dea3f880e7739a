"""Words of the field as frozen values: standard library only, no files, no screen."""
