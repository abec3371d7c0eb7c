"""What the portal writes into its logs: what happened and to which record, never what a record holds."""
