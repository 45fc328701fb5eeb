// An invented service whose names are words of Swift and of the run time, in each position that takes a name.
