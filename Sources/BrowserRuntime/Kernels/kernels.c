// The function whose name says how the kernels are called.

void KERNELS(void) {}
