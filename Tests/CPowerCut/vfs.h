#pragma once

#include <stdbool.h>

// Puts the disks under every SQLite connection of the process that names no file system. False when SQLite has none.
bool vfs_install(void);
