// What the disk of CPowerCut.h knows of its files.
#pragma once

#include <stddef.h>

#include "CPowerCut.h"

// A write, or a change of the size when `bytes` is NULL; `size` is then the new one.
struct change {
    int64_t offset;
    size_t size;
    unsigned char *bytes;
};

// A file's bytes as they are on the disk, and what was done to them since, in order.
struct content {
    unsigned char *synced;
    size_t size;
    struct change *changes;
    size_t count;
    struct content *next;
};

// A name in the folder: what it means on the disk, and what it means to the program. NULL is no file.
struct name {
    char *path;
    struct content *synced;
    struct content *current;
    struct name *next;
};

enum power { POWER_ON, POWER_FAILS_NOW, POWER_OFF };

// The disk of a path, or NULL.
powercut_disk *disk_of(const char *path);

// Counts one operation.
enum power disk_step(powercut_disk *disk, const char *operation, const char *path);

void disk_file_opened(powercut_disk *disk, int difference);

// The name, known from now on. A file that was not made through SQLite counts as synced. NULL without memory.
struct name *disk_name(powercut_disk *disk, const char *path);

// A new file for a name. NULL without memory.
struct content *disk_make_file(powercut_disk *disk, struct name *name);

// Notes a write, or with NULL a new size. False without memory.
bool disk_note(struct content *content, const void *bytes, size_t size, int64_t offset);

// Everything done to the file so far is on the disk.
void disk_sync(powercut_disk *disk, struct content *content);

// All names are on the disk as they are.
void disk_sync_names(powercut_disk *disk);
