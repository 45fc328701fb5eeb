// Specs of what is awkward in one drive's API. A target needs one Swift file of its own.
