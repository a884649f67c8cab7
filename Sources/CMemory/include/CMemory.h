// How the C library keeps memory, and what it does with memory that was freed; Swift does not import malloc.h.
#pragma once

/// Gives pages that hold nothing any more back to the system, of every thread's heap; without this only those at a heap's
/// end go back.
void cmemory_trim(void);

/// Threads that begin from now on share the first thread's heap.
void cmemory_use_one_heap(void);
