// The binding and the settings whose calls are variadic or take SQLITE_TRANSIENT, seen by what SQLite then does.
#include "CSQLite.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static sqlite3 *opened(const char *path) {
    sqlite3 *database = NULL;
    require(sqlite3_open(path, &database) == SQLITE_OK, "%s opens", path);
    return database;
}

static int run(sqlite3 *database, const char *sql) { return sqlite3_exec(database, sql, NULL, NULL, NULL); }

static sqlite3_stmt *prepared(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    require(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(database));
    return statement;
}

static void binding(sqlite3 *database) {
    sqlite3_stmt *statement =
        prepared(database, "SELECT ?1, typeof(?1), length(CAST(?1 AS BLOB)), ?2, typeof(?2), length(?2)");
    // SQLite must have copied both before they change.
    char text[] = {'a', 0, 'b', (char)0xC3, (char)0xA9};
    unsigned char blob[] = {0, 255, 0, 128};
    check(csqlite_bind_text(statement, 1, text, sizeof text) == SQLITE_OK, "text is bound");
    check(csqlite_bind_blob(statement, 2, blob, sizeof blob) == SQLITE_OK, "a blob is bound");
    memset(text, 'x', sizeof text);
    memset(blob, 'x', sizeof blob);
    require(sqlite3_step(statement) == SQLITE_ROW, "the row is there");
    check(sqlite3_column_bytes(statement, 0) == 5 && memcmp(sqlite3_column_text(statement, 0), "a\0b\xC3\xA9", 5) == 0,
          "text keeps its NUL and its bytes");
    check(strcmp((const char *)sqlite3_column_text(statement, 1), "text") == 0, "text is text");
    check(sqlite3_column_int(statement, 2) == 5, "text has five bytes");
    check(memcmp(sqlite3_column_blob(statement, 3), "\0\xFF\0\x80", 4) == 0, "a blob keeps its bytes");
    check(strcmp((const char *)sqlite3_column_text(statement, 4), "blob") == 0, "a blob is a blob");

    sqlite3_reset(statement);
    check(csqlite_bind_text(statement, 1, NULL, 0) == SQLITE_OK, "no text is bound");
    check(csqlite_bind_blob(statement, 2, NULL, 0) == SQLITE_OK, "no blob is bound");
    require(sqlite3_step(statement) == SQLITE_ROW, "the row is there again");
    check(strcmp((const char *)sqlite3_column_text(statement, 1), "text") == 0, "no text is text, not NULL");
    check(strcmp((const char *)sqlite3_column_text(statement, 4), "blob") == 0, "an empty blob is a blob, not NULL");
    check(sqlite3_column_int(statement, 2) == 0 && sqlite3_column_int(statement, 5) == 0, "both are empty");
    sqlite3_reset(statement);
    check(csqlite_bind_text(statement, 9, "x", 1) == SQLITE_RANGE, "a parameter that there is not is refused");
    sqlite3_finalize(statement);
}

static void answer(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    sqlite3_result_int(context, 42);
}

static void hardening(sqlite3 *database) {
    static const struct { const char *sql, *undo; } forbidden[] = {
        {"SELECT \"double-quoted text\"", ""},
        {"CREATE INDEX quoted ON t (\"double-quoted text\")", "DROP INDEX quoted"},
        {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql", "PRAGMA writable_schema = OFF"},
        {"SELECT * FROM a_view_that_calls", ""},
    };
    sqlite3_create_function(database, "answer", 0, SQLITE_UTF8, NULL, answer, NULL, NULL);
    require(run(database, "CREATE TABLE t (a); CREATE VIEW a_view_that_calls AS SELECT answer()") == SQLITE_OK, "a schema");
    for (int i = 0; i < 4; i++) {
        check(run(database, forbidden[i].sql) == SQLITE_OK, "allowed before: %s", forbidden[i].sql);
        check(run(database, forbidden[i].undo) == SQLITE_OK, "and undone: %s", forbidden[i].undo);
    }
    check(csqlite_harden(database) == SQLITE_OK, "the database is hardened");
    for (int i = 0; i < 4; i++) check(run(database, forbidden[i].sql) != SQLITE_OK, "refused after: %s", forbidden[i].sql);
    check(run(database, "SELECT answer(), 'text'") == SQLITE_OK, "what is in order still runs");
}

static off_t size_of(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : -1;
}

static void keeping_the_log(const char *folder) {
    for (int keep = 0; keep <= 1; keep++) {
        char path[300], log[310];
        snprintf(path, sizeof path, "%s/%d.db", folder, keep);
        snprintf(log, sizeof log, "%s-wal", path);
        sqlite3 *database = opened(path);
        if (keep) check(csqlite_keep_wal_on_close(database) == SQLITE_OK, "the setting is taken");
        check(run(database, "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)") == SQLITE_OK,
              "a row is written to the log");
        check(size_of(log) > 0, "the log holds it");
        sqlite3_close(database);
        check((size_of(log) > 0) == keep, keep ? "the log is kept" : "the log goes when the last connection closes");
        unlink(path);
        unlink(log);
        strcpy(strrchr(log, '-'), "-shm");
        unlink(log);
    }
}

int main(void) {
    char folder[] = "/tmp/rollcall-test-XXXXXX";
    require(mkdtemp(folder) != NULL, "a folder is made");
    sqlite3 *database = opened(":memory:");
    binding(database);
    hardening(database);
    sqlite3_close(database);
    keeping_the_log(folder);
    check(rmdir(folder) == 0, "nothing is left behind");
    return check_end();
}
