"""Tasks that the calendar opens for units and for the organisation as a whole, over the API and the sweep."""
