"""What comes out of the command: tidied files, the account, the diff, the catalogue of rules."""
