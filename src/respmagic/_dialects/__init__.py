"""The dialects that servers speak, and what is particular to single gateways."""
