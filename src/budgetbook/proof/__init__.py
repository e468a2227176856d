"""What verdicts mean: evidence, findings, letters, guards, passports."""
