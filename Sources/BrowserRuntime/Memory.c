// The memory of a module. Small blocks have sizes of classes, each with a list of its free blocks; large ones are cut
// from, and joined again in, one list of free blocks in the order of their addresses. Everything is kept in the module's
// own memory, so that a copy of that and of the stack pointer is a copy of the program's whole state.

#include "Runtime.h"

/// The most memory that a module takes, in bytes.
#define MEMORY_LIMIT (256u << 20)

#define PAGE 65536u
#define LINE 64u
#define LARGEST_SMALL 16384u
#define CLASS_COUNT 30

/// What stands before the bytes of each block. Blocks begin and end 16 bytes before a line of 64, so that their bytes
/// begin at one, but for those smaller than a line.
struct block {
    /// The size with this header.
    uint32_t size;
    /// The distance back to the real block, where bytes had to begin at a rarer address; else 0.
    uint32_t offset;
    /// The next free block.
    struct block *next;
    uint32_t unused;
};
_Static_assert(sizeof(struct block) == 16, "bytes begin 16 after their header");

extern unsigned char __heap_base;
static struct block *freed[CLASS_COUNT];
/// The free large blocks.
static struct block *large;
/// The address behind the last block.
static uintptr_t end;

/// Returns the class of a size, and rounds the size up to that of the class: 32 and 48, multiples of 64 up to 256, then
/// four in each doubling.
static unsigned class_of(uint32_t *size) {
    if (*size <= 32) return *size = 32, 0;
    if (*size <= 48) return *size = 48, 1;
    uint32_t step = LINE;
    unsigned first = 2;
    if (*size > 256) {
        unsigned doubling = 31 - __builtin_clz(*size - 1);
        step = 1u << (doubling - 2);
        first += 4 * (doubling - 7) - 4;
    }
    *size = (*size + step - 1) & ~(step - 1);
    return first + *size / step - 1;
}

/// Appends the decimal digits of a number to a text, and returns its end.
static char *append(char *text, uint32_t number) {
    if (number >= 10) text = append(text, number / 10);
    *text = (char)('0' + number % 10);
    return text + 1;
}

static _Noreturn void stop_without_memory(uint32_t size) {
    char sentence[96] = "there is no room for ", *text = sentence + 21;
    text = append(text, size);
    for (const char *rest = " more bytes: a module may take "; *rest; rest++) *text++ = *rest;
    text = append(text, MEMORY_LIMIT >> 20);
    for (const char *rest = " MiB."; *rest; rest++) *text++ = *rest;
    unroll_stop(sentence, (size_t)(text - sentence));
}

/// Moves the end of the memory in use, which grows where it must.
static void extend(uint32_t size, uint32_t wanted) {
    if (size > MEMORY_LIMIT || end + size > MEMORY_LIMIT) stop_without_memory(wanted);
    end += size;
    uintptr_t pages = __builtin_wasm_memory_size(0), needed = (end + PAGE - 1) / PAGE;
    if (needed > pages && __builtin_wasm_memory_grow(0, needed - pages) == (size_t)-1) stop_without_memory(wanted);
}

/// Takes and returns a block of whole lines: the smallest free one that is large enough, or the end.
static struct block *take_large(uint32_t size) {
    struct block **best = 0, **last = 0;
    for (struct block **link = &large; *link; link = &(*link)->next) {
        if ((*link)->size >= size && (!best || (*link)->size < (*best)->size)) best = link;
        last = link;
    }
    if (!best) {
        if (!end) end = (((uintptr_t)&__heap_base + LINE - 1) & ~(uintptr_t)(LINE - 1)) + LINE - sizeof(struct block);
        struct block *block = (struct block *)end;
        uint32_t known = 0;
        // The last free block may reach to the end already.
        if (last && (uintptr_t)*last + (*last)->size == end) {
            block = *last;
            known = block->size;
        }
        extend(size - known, size);
        if (known) *last = 0;
        block->size = size;
        return block;
    }
    struct block *block = *best;
    uint32_t left = block->size - size;
    if (left < LARGEST_SMALL) {
        *best = block->next;
    } else {
        struct block *rest = (struct block *)((uintptr_t)block + size);
        rest->size = left;
        rest->next = block->next;
        *best = rest;
        block->size = size;
    }
    return block;
}

/// Puts a large block back to its place in the list, and joins it with its neighbors.
static void give_large(struct block *block) {
    struct block *before = 0, *after = large;
    while (after && after < block) {
        before = after;
        after = after->next;
    }
    block->next = after;
    if (after && (uintptr_t)block + block->size == (uintptr_t)after) {
        block->size += after->size;
        block->next = after->next;
    }
    if (!before) {
        large = block;
    } else if ((uintptr_t)before + before->size == (uintptr_t)block) {
        before->size += block->size;
        before->next = block->next;
    } else {
        before->next = block;
    }
}

/// Takes and returns a block of a class; where none is free a page is cut into such.
static struct block *take_small(unsigned class, uint32_t size) {
    if (!freed[class]) {
        struct block *page = take_large(PAGE);
        uint32_t left = page->size;
        for (uintptr_t place = (uintptr_t)page; left >= size; place += size, left -= size) {
            struct block *block = (struct block *)place;
            block->size = size;
            block->next = freed[class];
            freed[class] = block;
        }
    }
    struct block *block = freed[class];
    freed[class] = block->next;
    return block;
}

/// Takes and returns a block that is large enough.
static struct block *take(uint32_t size) {
    if (size <= LARGEST_SMALL) {
        unsigned class = class_of(&size);
        return take_small(class, size);
    }
    return take_large((size + LINE - 1) & ~(LINE - 1));
}

/// Sets `result` to a new block of `size` bytes whose address is a multiple of `alignment`, a power of two.
int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment & (alignment - 1)) return 22;
    if (size > MEMORY_LIMIT || alignment > MEMORY_LIMIT) stop_without_memory(size);
    uint32_t whole = size + sizeof(struct block);
    // Blocks of a line and more begin so that their bytes stand at a line.
    if (alignment > 16 && whole < LINE) whole = LINE;
    uint32_t spare = alignment > LINE ? alignment : 0;
    struct block *block = take(whole + spare);
    uintptr_t bytes = (uintptr_t)(block + 1);
    uintptr_t aligned = spare ? (bytes + alignment - 1) & ~(uintptr_t)(alignment - 1) : bytes;
    ((struct block *)aligned - 1)->offset = aligned - bytes;
    *result = (void *)aligned;
    return 0;
}

/// Gives a block back; a null pointer is none.
void free(void *bytes) {
    if (!bytes) return;
    struct block *block = (struct block *)bytes - 1;
    block = (struct block *)((uintptr_t)block - block->offset);
    uint32_t size = block->size;
    if (size > LARGEST_SMALL) return give_large(block);
    unsigned class = class_of(&size);
    block->next = freed[class];
    freed[class] = block;
}
