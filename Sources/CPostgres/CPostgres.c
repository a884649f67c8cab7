#include "CPostgres.h"

const char *cpostgres_sqlstate(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_SQLSTATE); }

const char *cpostgres_message(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY); }

static void drop(void *context, const char *message) {
    (void)context;
    (void)message;
}

void cpostgres_be_silent(PGconn *connection) { PQsetNoticeProcessor(connection, drop, NULL); }
