// What the C library does with memory that was freed; Swift does not import malloc.h.
#pragma once

/// Gives pages that hold nothing any more back to the system, of every thread's heap; without this only those at a heap's
/// end go back.
void cmemory_trim(void);
