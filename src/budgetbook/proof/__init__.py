"""What verdicts mean: evidence, findings, guards, passports."""
