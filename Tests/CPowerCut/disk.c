#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fate.h"
#include "vfs.h"

struct powercut_disk {
    char folder[PATH_MAX];
    struct name *names;
    struct content *contents;
    struct fate fate;
    uint64_t operations, last;
    bool off, ignores_syncs;
    int open_files;
    char moment[64];
    struct powercut_disk *next;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static powercut_disk *disks;

powercut_disk *powercut_plug_in(const char *folder, uint64_t seed) {
    powercut_disk *disk = calloc(1, sizeof *disk);
    if (!disk || !realpath(folder, disk->folder) || !vfs_install()) {
        free(disk);
        return NULL;
    }
    disk->fate.state = seed;
    pthread_mutex_lock(&turn);
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&turn);
    return disk;
}

static void forget_files(powercut_disk *disk) {
    for (struct name *name = disk->names, *next; name; name = next) {
        next = name->next;
        free(name->path);
        free(name);
    }
    for (struct content *content = disk->contents, *next; content; content = next) {
        next = content->next;
        for (size_t i = 0; i < content->count; i++) free(content->changes[i].bytes);
        free(content->changes);
        free(content->synced);
        free(content);
    }
    disk->names = NULL;
    disk->contents = NULL;
}

void powercut_unplug(powercut_disk *disk) {
    pthread_mutex_lock(&turn);
    for (powercut_disk **place = &disks; *place; place = &(*place)->next) {
        if (*place == disk) {
            *place = disk->next;
            break;
        }
    }
    pthread_mutex_unlock(&turn);
    forget_files(disk);
    free(disk);
}

void powercut_arm(powercut_disk *disk, uint64_t operations) {
    disk->operations = 0;
    disk->last = operations;
}

void powercut_cut(powercut_disk *disk) {
    if (!disk->off) strcpy(disk->moment, "nothing");
    disk->off = true;
}

bool powercut_is_off(const powercut_disk *disk) { return disk->off; }
uint64_t powercut_operations(const powercut_disk *disk) { return disk->operations; }
const char *powercut_moment(const powercut_disk *disk) { return disk->moment; }
void powercut_ignore_syncs(powercut_disk *disk, bool ignored) { disk->ignores_syncs = ignored; }

powercut_disk *disk_of(const char *path) {
    if (!path) return NULL;
    pthread_mutex_lock(&turn);
    powercut_disk *disk = disks;
    while (disk) {
        size_t length = strlen(disk->folder);
        if (strncmp(path, disk->folder, length) == 0 && path[length] == '/') break;
        disk = disk->next;
    }
    pthread_mutex_unlock(&turn);
    return disk;
}

enum power disk_step(powercut_disk *disk, const char *operation, const char *path) {
    if (disk->off) return POWER_OFF;
    disk->operations++;
    if (disk->operations != disk->last) return POWER_ON;
    const char *companion = strrchr(path, '-');
    bool is_main = !companion || strchr(companion, '/');
    snprintf(disk->moment, sizeof disk->moment, "%s %s", operation, is_main ? "file" : companion);
    disk->off = true;
    return POWER_FAILS_NOW;
}

void disk_file_opened(powercut_disk *disk, int difference) { disk->open_files += difference; }

static bool read_whole(const char *path, struct content *content) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0) return false;
    bool read_all = fstat(file, &status) == 0;
    if (read_all && status.st_size > 0) {
        content->size = (size_t)status.st_size;
        content->synced = malloc(content->size);
        read_all = content->synced && read(file, content->synced, content->size) == status.st_size;
    }
    close(file);
    return read_all;
}

static struct content *new_content(powercut_disk *disk) {
    struct content *content = calloc(1, sizeof *content);
    if (!content) return NULL;
    content->next = disk->contents;
    disk->contents = content;
    return content;
}

struct name *disk_name(powercut_disk *disk, const char *path) {
    for (struct name *name = disk->names; name; name = name->next)
        if (strcmp(name->path, path) == 0) return name;
    struct name *name = calloc(1, sizeof *name);
    if (!name || !(name->path = strdup(path))) {
        free(name);
        return NULL;
    }
    name->next = disk->names;
    disk->names = name;
    if (access(path, F_OK) == 0) {
        name->synced = name->current = new_content(disk);
        if (!name->current || !read_whole(path, name->current)) return NULL;
    }
    return name;
}

struct content *disk_make_file(powercut_disk *disk, struct name *name) {
    name->current = new_content(disk);
    return name->current;
}

bool disk_note(struct content *content, const void *bytes, size_t size, int64_t offset) {
    if ((content->count & (content->count - 1)) == 0) {
        size_t capacity = content->count ? content->count * 2 : 1;
        struct change *larger = realloc(content->changes, capacity * sizeof *larger);
        if (!larger) return false;
        content->changes = larger;
    }
    struct change change = {.offset = offset, .size = size};
    if (bytes) {
        if (!(change.bytes = malloc(size + 1))) return false;
        memcpy(change.bytes, bytes, size);
    }
    content->changes[content->count++] = change;
    return true;
}

void disk_sync(powercut_disk *disk, struct content *content) {
    if (disk->ignores_syncs) return;
    for (size_t i = 0; i < content->count; i++) {
        fate_apply(&content->changes[i], &content->synced, &content->size);
        free(content->changes[i].bytes);
    }
    content->count = 0;
}

void disk_sync_names(powercut_disk *disk) {
    if (disk->ignores_syncs) return;
    for (struct name *name = disk->names; name; name = name->next) name->synced = name->current;
}

static int write_whole(const char *path, const struct content *content) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return errno;
    // What an earlier call has left there is no reason of this one.
    errno = 0;
    int result = write(file, content->synced, content->size) == (ssize_t)content->size ? 0 : errno ? errno : EIO;
    close(file);
    return result;
}

int powercut_restore(powercut_disk *disk) {
    if (disk->open_files) return EBUSY;
    int result = 0;
    fate_new_cut(&disk->fate);
    for (struct name *name = disk->names; name && !result; name = name->next) {
        struct content *left = fate_takes_newer(&disk->fate) ? name->current : name->synced;
        // The usual file is what the disk holds already.
        if (left && left == name->current && left->count == 0) continue;
        if (left) {
            fate_decide(&disk->fate, left);
            result = write_whole(name->path, left);
        } else if (unlink(name->path) != 0 && errno != ENOENT) {
            result = errno;
        }
    }
    forget_files(disk);
    disk->off = false;
    disk->last = 0;
    return result;
}
