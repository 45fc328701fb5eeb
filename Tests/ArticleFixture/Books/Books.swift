// The endpoints are the JSON files beside this one. A target needs one Swift file of its own.
