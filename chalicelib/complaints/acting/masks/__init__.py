"""Masks in what a respondent reads: who decides on them, and what waits until they are decided (decision 0125).

The texts are beside the record: `casework.masking` finds the particulars in them.
"""
