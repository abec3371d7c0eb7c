from measures.forms.pasting.plans import PasteForm, PastePlan, PlacedValue

__all__ = ["PasteForm", "PastePlan", "PlacedValue"]
