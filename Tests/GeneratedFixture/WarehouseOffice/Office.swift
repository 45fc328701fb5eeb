// Endpoints that another module adds to the invented service. A target needs one Swift file of its own.
