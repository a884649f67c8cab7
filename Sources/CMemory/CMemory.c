#include "CMemory.h"

#include <malloc.h>

void cmemory_trim(void) { malloc_trim(0); }

void cmemory_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }
