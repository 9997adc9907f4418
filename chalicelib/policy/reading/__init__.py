"""From text to a policy document in full form, with the place of every fault."""
