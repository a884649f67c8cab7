/* libpq, with the few calls that Swift cannot make: fields of an error are named by macros of single characters. */
#ifndef ROLLCALL_CPOSTGRES_H
#define ROLLCALL_CPOSTGRES_H

#include <postgresql/libpq-fe.h>

/* The five characters of a failed result's SQLSTATE; NULL where the server said nothing. */
const char *cpostgres_sqlstate(const PGresult *result);

/* The first line of what the server says of a failure. Its other lines may hold values of rows. */
const char *cpostgres_message(const PGresult *result);

/* Drops the server's notices, which libpq would write to standard error. */
void cpostgres_be_silent(PGconn *connection);

#endif
