// Blocks that were freed below one that was not: only a trim gives their pages back.
#include "CMemory.h"

#include <unistd.h>

#include "check.h"

static long resident_kib(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    long size = 0, pages = 0;
    if (file && fscanf(file, "%ld %ld", &size, &pages) != 2) pages = 0;
    if (file) fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(void) {
    enum { count = 32768, size = 1000 };
    static char *blocks[count];
    for (int i = 0; i < count; i++) {
        blocks[i] = malloc(size);
        require(blocks[i] != NULL, "there is memory");
        for (int k = 0; k < size; k++) blocks[i][k] = (char)(i + k);
    }
    const long full = resident_kib();
    check(full > 32 * 1024, "the blocks are in memory: %ld KiB", full);
    for (int i = 0; i < count - 1; i++) free(blocks[i]);
    const long freed = resident_kib();
    check(freed > full - 1024, "what is freed stays with the process: %ld of %ld KiB", freed, full);
    cmemory_trim();
    const long trimmed = resident_kib();
    check(trimmed < full - 30 * 1024, "a trim gives it back: %ld of %ld KiB", trimmed, full);
    check(blocks[count - 1][1] == (char)count, "what is in use stays");
    free(blocks[count - 1]);
    return check_end();
}
