// The disk whose power fails, under SQLite: what was committed is there afterwards, unless the disk lied.
#include "CPowerCut.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static char folder[] = "/tmp/rollcall-test-XXXXXX", path[64];

static sqlite3 *opened(void) {
    sqlite3 *database = NULL;
    static const char settings[] = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
    if (sqlite3_open(path, &database) == SQLITE_OK && sqlite3_exec(database, settings, NULL, NULL, NULL) == SQLITE_OK)
        return database;
    sqlite3_close(database);
    return NULL;
}

static int number(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void clear(void) {
    char name[80];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, (const char *[]){"", "-wal", "-shm"}[i]);
        unlink(name);
    }
}

/// How many of the rows that were committed are gone after a cut at an operation; -1 when the database is.
static int lost(uint64_t seed, uint64_t operation, bool lying) {
    sqlite3 *database = opened();
    require(database && sqlite3_exec(database, "CREATE TABLE t (a)", NULL, NULL, NULL) == SQLITE_OK, "a database is made");
    sqlite3_close(database);
    powercut_disk *disk = powercut_plug_in(folder, seed);
    require(disk != NULL, "the disk is plugged in");
    powercut_ignore_syncs(disk, lying);
    int committed = 0;
    powercut_arm(disk, operation);
    if ((database = opened()) != NULL)
        while (sqlite3_exec(database, "INSERT INTO t VALUES (randomblob(600))", NULL, NULL, NULL) == SQLITE_OK) ++committed;
    check(powercut_is_off(disk) && powercut_operations(disk) >= operation,
          "the power failed at operation %d", (int)operation);
    check(strcmp(powercut_moment(disk), "nothing") != 0, "while something was under way");
    sqlite3_close(database);
    check(powercut_restore(disk) == 0 && !powercut_is_off(disk), "the power comes back");
    database = opened();
    static const char sound[] = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'";
    const int rows = database && number(database, sound) == 1 ? number(database, "SELECT count(*) FROM t") : -1;
    sqlite3_close(database);
    printf("cut %d %s: %d rows of %d%s\n", (int)operation, powercut_moment(disk), rows, committed, lying ? ", lying" : "");
    powercut_unplug(disk);
    clear();
    if (rows < 0) return -1;
    check(rows <= committed + 1, "no row appears that was not written");
    return rows < committed ? committed - rows : 0;
}

int main(void) {
    require(mkdtemp(folder) != NULL, "a folder is made");
    snprintf(path, sizeof path, "%s/t.db", folder);
    int losses = 0;
    for (uint64_t cut = 1; cut <= 40; cut++) {
        const int rows = lost(cut, 3 * cut, false);
        check(rows == 0, "cut %d: what was committed is there, but for %d rows", (int)cut, rows);
        losses += lost(cut, 3 * cut, true) != 0;
    }
    check(losses > 0, "a disk that lies loses something");
    check(powercut_plug_in("/no/such/folder", 1) == NULL, "a folder that is not is refused");
    check(rmdir(folder) == 0, "nothing is left behind");
    return check_end();
}
