// What a program asks for so that it cannot be put beside kernels that are called otherwise.

void KERNELS(void);
void kernels(void) { KERNELS(); }
