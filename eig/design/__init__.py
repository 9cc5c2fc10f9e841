"""The State design system (DSFR): component tags, form rendering, page furniture."""
