#pragma once

/// How many blocks of memory the process has asked for since its start; 0 where that is not counted.
long allocationCount(void);

/// How many bytes of memory the process holds at the moment; 0 where that is not counted.
long allocatedBytes(void);
