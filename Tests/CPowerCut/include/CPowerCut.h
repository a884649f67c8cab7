// A disk for SQLite whose power fails. Files below a folder that is plugged in keep, beside their bytes, what has been
// synced and every write, change of size, new name and deletion since; after a cut each of the latter has reached the disk
// whole, in part, or not at all. Everything else in the process goes to SQLite's usual file system untouched.
//
// What SQLite may rely on is what it asks a file system for: a sync that returns has brought everything to the disk, and a
// write changes no byte outside of itself. Nothing else is promised: not the order of writes, not whole sectors, not that a
// file's new size and its new bytes come together.
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct powercut_disk powercut_disk;

// The folder's disk, from now on; everything in the folder has been synced. The seed decides what a cut leaves. A disk is
// used by one thread at a time. NULL when there is no such folder, no memory, or no file system to stand on.
powercut_disk *powercut_plug_in(const char *folder, uint64_t seed);

// Forgets the disk. No file may be open.
void powercut_unplug(powercut_disk *disk);

// The power fails at the given operation, counted from now: 1 is the next, 0 none. Each open, access, read, write, change
// of size, sync and deletion counts.
void powercut_arm(powercut_disk *disk, uint64_t operations);

// The power fails now.
void powercut_cut(powercut_disk *disk);

// True once the power has failed; every operation fails then.
bool powercut_is_off(const powercut_disk *disk);

// Operations since the disk was armed.
uint64_t powercut_operations(const powercut_disk *disk);

// What was under way when the power failed, like "sync -wal"; "nothing" when it failed between two operations.
const char *powercut_moment(const powercut_disk *disk);

// A disk that says that it has synced, and has not.
void powercut_ignore_syncs(powercut_disk *disk, bool ignored);

// The power comes back: the folder holds what reached the disk. No file may be open. 0, or an errno.
int powercut_restore(powercut_disk *disk);
