/* libsqlite3, with the few calls that Swift cannot make: variadic functions and the SQLITE_TRANSIENT cast. */
#ifndef ROLLCALL_CSQLITE_H
#define ROLLCALL_CSQLITE_H

#include <sqlite3.h>

/* Binds a copy of `size` bytes as text; the bytes may hold NUL. `bytes` may be NULL when `size` is 0. */
int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 size);

/* Binds a copy of `size` bytes as a blob; an empty blob stays a blob and does not become NULL. */
int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 size);

/* Refuses what a damaged or hostile file could use: double-quoted strings, writable schema, triggers that call functions. */
int csqlite_harden(sqlite3 *database);

/* Leaves the write-ahead log as it is when the connection closes. */
int csqlite_keep_wal_on_close(sqlite3 *database);

#endif
