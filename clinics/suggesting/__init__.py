"""Suggestions of facts: a clinic proposes, the franchise decides, `clinics.facts` saves."""
