#ifndef UNROLL_PROCESSOR_H
#define UNROLL_PROCESSOR_H

/// The x86-64 version (3 or 4) whose instructions this processor and its system offer; 0 for any
/// other.
int unroll_x86_64_version(void);

#endif
