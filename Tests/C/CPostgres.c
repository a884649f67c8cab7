// What libpq makes of an address, and that the calls of our own are its own: no server is needed.
#include "CPostgres.h"

#include <string.h>

#include "check.h"

static const char *value(const PQconninfoOption *options, const char *keyword) {
    for (; options && options->keyword; options++)
        if (strcmp(options->keyword, keyword) == 0) return options->val ? options->val : "";
    return "";
}

static void addresses(void) {
    PQconninfoOption *options = PQconninfoParse("postgres://rollcall:a%20b@db.example:5433/school?sslmode=require", NULL);
    require(options, "an address is read");
    check(strcmp(value(options, "host"), "db.example") == 0, "the host");
    check(strcmp(value(options, "port"), "5433") == 0, "the port");
    check(strcmp(value(options, "dbname"), "school") == 0, "the name");
    check(strcmp(value(options, "password"), "a b") == 0, "the password, decoded");
    PQconninfoFree(options);
    check(PQconninfoParse("postgres://%zz/", NULL) == NULL, "a bad escape is refused");
}

static void failures(void) {
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_FATAL_ERROR);
    check(cpostgres_sqlstate(result) == NULL && cpostgres_message(result) == NULL, "a failure without the server's words");
    PQclear(result);
    PGconn *connection = PQconnectdb("host=/nonexistent dbname=none");
    cpostgres_be_silent(connection);
    check(PQstatus(connection) == CONNECTION_BAD, "nobody listens there");
    PQfinish(connection);
}

int main(void) {
    addresses();
    failures();
    return check_end();
}
