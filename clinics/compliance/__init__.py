"""What law asks of a clinic's site: rules as data, and the checks, gates and words made of them."""
