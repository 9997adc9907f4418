"""Retention: private values and files of a complaint are erased some time after its end (`retention` in the policy)."""
