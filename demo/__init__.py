"""The demonstration: past promotions, a world per phase, the one-click cast. Only where DEMO is on."""
