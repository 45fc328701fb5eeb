// An invented service whose specs use all that the language has. A target needs one Swift file of its own.
