#include "vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "disk.h"

// A file of a disk. The usual file, which the system sees, lies behind it in memory.
struct file {
    sqlite3_file base;
    powercut_disk *disk;
    struct name *name;
    struct content *content;
    // SQLite's own file system syncs the folder with the first sync of a journal, and so of a log.
    bool syncs_names;
};

static sqlite3_vfs *usual;
static sqlite3_vfs ours;

static sqlite3_file *usual_file(sqlite3_file *file) { return (sqlite3_file *)((struct file *)file + 1); }

static enum power step(sqlite3_file *base, const char *operation) {
    struct file *file = (struct file *)base;
    return disk_step(file->disk, operation, file->name->path);
}

static int close_file(sqlite3_file *base) {
    disk_file_opened(((struct file *)base)->disk, -1);
    return usual_file(base)->pMethods->xClose(usual_file(base));
}

static int read_file(sqlite3_file *base, void *bytes, int size, sqlite3_int64 offset) {
    if (step(base, "read") != POWER_ON) return SQLITE_IOERR;
    return usual_file(base)->pMethods->xRead(usual_file(base), bytes, size, offset);
}

static int write_file(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset) {
    enum power power = step(base, "write");
    if (power == POWER_OFF) return SQLITE_IOERR;
    // What is under way when the power fails may still arrive.
    if (!disk_note(((struct file *)base)->content, bytes, (size_t)size, offset)) return SQLITE_NOMEM;
    if (power != POWER_ON) return SQLITE_IOERR;
    return usual_file(base)->pMethods->xWrite(usual_file(base), bytes, size, offset);
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size) {
    enum power power = step(base, "truncate");
    if (power == POWER_OFF) return SQLITE_IOERR;
    if (!disk_note(((struct file *)base)->content, NULL, (size_t)size, 0)) return SQLITE_NOMEM;
    if (power != POWER_ON) return SQLITE_IOERR;
    return usual_file(base)->pMethods->xTruncate(usual_file(base), size);
}

// The usual file is not synced: the machine under the test keeps its power.
static int sync_file(sqlite3_file *base, int flags) {
    (void)flags;
    struct file *file = (struct file *)base;
    if (step(base, "sync") != POWER_ON) return SQLITE_IOERR;
    disk_sync(file->disk, file->content);
    if (file->syncs_names) disk_sync_names(file->disk);
    file->syncs_names = false;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    return usual_file(base)->pMethods->xFileSize(usual_file(base), size);
}

static int lock_file(sqlite3_file *base, int level) {
    return usual_file(base)->pMethods->xLock(usual_file(base), level);
}

static int unlock_file(sqlite3_file *base, int level) {
    return usual_file(base)->pMethods->xUnlock(usual_file(base), level);
}

static int check_reserved_lock(sqlite3_file *base, int *result) {
    return usual_file(base)->pMethods->xCheckReservedLock(usual_file(base), result);
}

static int control_file(sqlite3_file *base, int operation, void *argument) {
    return usual_file(base)->pMethods->xFileControl(usual_file(base), operation, argument);
}

static int sector_size(sqlite3_file *base) {
    return usual_file(base)->pMethods->xSectorSize(usual_file(base));
}

static int characteristics(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// Version 1 has no shared memory, which a log under an exclusive lock does not need, and no mapped reads.
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
};

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out) {
    (void)vfs;
    powercut_disk *disk = disk_of(path);
    if (!disk) return usual->xOpen(usual, path, base, flags, flags_out);
    struct file *file = (struct file *)base;
    memset(file, 0, sizeof *file);
    if (disk_step(disk, "open", path) != POWER_ON) return SQLITE_IOERR;
    struct name *name = disk_name(disk, path);
    if (!name) return SQLITE_NOMEM;
    int result = usual->xOpen(usual, path, usual_file(base), flags, flags_out);
    if (result != SQLITE_OK) return result;
    *file = (struct file){
        .base.pMethods = &methods,
        .disk = disk,
        .name = name,
        .content = name->current ? name->current : disk_make_file(disk, name),
        .syncs_names = flags & SQLITE_OPEN_CREATE && flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL),
    };
    disk_file_opened(disk, 1);
    return file->content ? SQLITE_OK : SQLITE_NOMEM;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    powercut_disk *disk = disk_of(path);
    if (!disk) return usual->xDelete(usual, path, sync_folder);
    enum power power = disk_step(disk, "delete", path);
    if (power == POWER_OFF) return SQLITE_IOERR;
    struct name *name = disk_name(disk, path);
    if (!name) return SQLITE_NOMEM;
    name->current = NULL;
    if (power != POWER_ON) return SQLITE_IOERR;
    int result = usual->xDelete(usual, path, 0);
    if (result == SQLITE_OK && sync_folder) disk_sync_names(disk);
    return result;
}

static int access_file(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    powercut_disk *disk = disk_of(path);
    if (disk && disk_step(disk, "access", path) != POWER_ON) return SQLITE_IOERR;
    return usual->xAccess(usual, path, flags, result);
}

static int full_path(sqlite3_vfs *vfs, const char *path, int size, char *result) {
    (void)vfs;
    return usual->xFullPathname(usual, path, size, result);
}

static void *open_library(sqlite3_vfs *vfs, const char *path) {
    (void)vfs;
    return usual->xDlOpen(usual, path);
}

static void library_error(sqlite3_vfs *vfs, int size, char *text) {
    (void)vfs;
    usual->xDlError(usual, size, text);
}

static void (*library_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
    (void)vfs;
    return usual->xDlSym(usual, library, name);
}

static void close_library(sqlite3_vfs *vfs, void *library) {
    (void)vfs;
    usual->xDlClose(usual, library);
}

static int randomness(sqlite3_vfs *vfs, int size, char *bytes) {
    (void)vfs;
    return usual->xRandomness(usual, size, bytes);
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return usual->xSleep(usual, microseconds);
}

static int current_time(sqlite3_vfs *vfs, double *day) {
    (void)vfs;
    return usual->xCurrentTime(usual, day);
}

static int last_error(sqlite3_vfs *vfs, int size, char *text) {
    (void)vfs;
    return usual->xGetLastError(usual, size, text);
}

static int current_time_milliseconds(sqlite3_vfs *vfs, sqlite3_int64 *time) {
    (void)vfs;
    return usual->xCurrentTimeInt64(usual, time);
}

static void install(void) {
    usual = sqlite3_vfs_find(NULL);
    if (!usual || usual->iVersion < 2) {
        usual = NULL;
        return;
    }
    ours = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = (int)sizeof(struct file) + usual->szOsFile,
        .mxPathname = usual->mxPathname,
        .zName = "powercut",
        .xOpen = open_file,
        .xDelete = delete_file,
        .xAccess = access_file,
        .xFullPathname = full_path,
        .xDlOpen = open_library,
        .xDlError = library_error,
        .xDlSym = library_symbol,
        .xDlClose = close_library,
        .xRandomness = randomness,
        .xSleep = sleep_for,
        .xCurrentTime = current_time,
        .xGetLastError = last_error,
        .xCurrentTimeInt64 = current_time_milliseconds,
    };
    if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK) usual = NULL;
}

bool vfs_install(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    return usual != NULL;
}
