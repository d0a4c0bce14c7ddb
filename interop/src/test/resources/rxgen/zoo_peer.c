// SPDX-License-Identifier: Apache-2.0
/*
 * A client and a server made of zoo.xg by C's rxgen. What goes in and out are the octets of
 * parameters in hexadecimal, so that whoever runs them chooses the values.
 *
 *   zoo_peer server              prints its port, serves until stdin ends
 *   zoo_peer client PORT         reads "PROCEDURE OCTETS" lines, prints "OCTETS" or "abort CODE"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/random.h>
#include <pthread.h>
#include "zoo.h"
#include <rx/rx_null.h>

extern int rx_socket; /* no header of the package has it */

/* What the static library wants of libraries that the package does not have. */
int rk_socket(int domain, int type, int protocol) { return socket(domain, type, protocol); }
int hc_RAND_bytes(void *to, int n) { return getrandom(to, n, 0) == n; }

#define ZOO_SERVICE 700
#define PEN_SERVICE 701
#define SPACE (4 << 20)

static char space_in[SPACE], space_out[SPACE], space_copy[SPACE];
static pthread_mutex_t copying = PTHREAD_MUTEX_INITIALIZER;

/* A copy by way of XDR, as what was given and what is returned are both freed. */
static void copy(xdrproc_t type, void *from, void *to)
{
    XDR xdrs;
    pthread_mutex_lock(&copying);
    xdrmem_create(&xdrs, space_copy, SPACE, XDR_ENCODE);
    if (!type(&xdrs, from)) abort();
    xdrmem_create(&xdrs, space_copy, SPACE, XDR_DECODE);
    if (!type(&xdrs, to)) abort();
    pthread_mutex_unlock(&copying);
}
#define COPY(type, from, to) copy((xdrproc_t)xdr_##type, from, to)

/* The server. */

#define SERVE(proc, type) \
    afs_int32 SZOO_##proc(struct rx_call *call, type *given, type *back) \
    { COPY(type, given, back); return 0; }
SERVE(Numbers, zooNumbers)
SERVE(Texts, zooTexts)
SERVE(Arrays, zooArrays)
SERVE(Maybe, zooMaybe)
SERVE(Cages, zooCages)

afs_int32 SZOO_List(struct rx_call *call, zooList given, zooList *back)
{
    COPY(zooList, &given, back);
    return 0;
}

afs_int32 SZOO_Scalars(struct rx_call *call, int a, u_int b, short c, u_short d, u_char e,
    afs_int64 f, afs_uint64 g, zooFlag h, zooKind i, char *j, zooOctets *k,
    int *a2, u_int *b2, short *c2, u_short *d2, u_char *e2,
    afs_int64 *f2, afs_uint64 *g2, zooFlag *h2, zooKind *i2, char **j2, zooOctets *k2)
{
    *a2 = a; *b2 = b; *c2 = c; *d2 = d; *e2 = e; *f2 = f; *g2 = g; *h2 = h; *i2 = i;
    *j2 = strdup(j);
    COPY(zooOctets, k, k2);
    return 0;
}

afs_int32 SZOO_Letter(struct rx_call *call, char in, char *out) { *out = in; return 0; }

afs_int32 SZOO_Both(struct rx_call *call, zooNumbers *numbers, afs_int32 *count)
{
    (*count)++;
    return 0;
}

afs_int32 SZOO_Nothing(struct rx_call *call) { return 0; }
afs_int32 SZOO_Fail(struct rx_call *call, int code) { return code; }
afs_int32 SZOO_Renamed(struct rx_call *call, int given, int *back) { *back = given; return 0; }

/* The stub that zoo.xg names in place of the generated one. */
afs_int32 ServeRenamed(struct rx_call *call, XDR *xdrs)
{
    int given;
    if (!xdr_int(xdrs, &given)) return RXGEN_SS_UNMARSHAL;
    xdrs->x_op = XDR_ENCODE;
    return xdr_int(xdrs, &given) ? 0 : RXGEN_SS_MARSHAL;
}

afs_int32 SZOO_Many(struct rx_call *call, int given, int *back) { *back = given; return 0; }
afs_int32 SPEN_First(struct rx_call *call, int given, int *back) { *back = given; return 0; }
afs_int32 SPEN_Second(struct rx_call *call, int given, int *back) { *back = given + 1; return 0; }

/* Data of split calls: octet i is i * 7, summed up. */
static afs_int32 take(struct rx_call *call, afs_int64 length, afs_uint32 *sum)
{
    unsigned char buffer[8192];
    *sum = 0;
    while (length > 0) {
        int want = length < (afs_int64)sizeof buffer ? (int)length : (int)sizeof buffer;
        int n = rx_Read(call, (char *)buffer, want), i;
        if (n != want) return -31;
        for (i = 0; i < n; i++) *sum += buffer[i];
        length -= n;
    }
    return 0;
}

static afs_int32 give(struct rx_call *call, afs_int64 length, afs_uint32 *sum)
{
    unsigned char buffer[8192];
    afs_int64 at = 0;
    *sum = 0;
    while (at < length) {
        int want = length - at < (afs_int64)sizeof buffer ? (int)(length - at) : (int)sizeof buffer, i;
        for (i = 0; i < want; i++) *sum += buffer[i] = (unsigned char)((at + i) * 7);
        if (rx_Write(call, (char *)buffer, want) != want) return -32;
        at += want;
    }
    return 0;
}

afs_int32 SZOO_Store(struct rx_call *call, afs_int64 length, afs_int64 *stored, afs_uint32 *sum)
{
    *stored = length;
    return take(call, length, sum);
}

afs_int32 SZOO_Fetch(struct rx_call *call, afs_int64 length, afs_uint32 *sum)
{
    return give(call, length, sum);
}

static int serve(void)
{
    static struct rx_securityClass *security[1];
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    if (rx_Init(0)) return 1;
    security[0] = rxnull_NewServerSecurityObject();
    if (!rx_NewService(0, ZOO_SERVICE, "zoo", security, 1, ZOO_ExecuteRequest)
        || !rx_NewService(0, PEN_SERVICE, "pen", security, 1, PEN_ExecuteRequest)) return 1;
    rx_StartServer(0);
    if (getsockname(rx_socket, (struct sockaddr *)&address, &size)) return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (getchar() != EOF) ;
    return 0;
}

/* The client. */

static struct rx_connection *zoo, *pen;
static XDR in, out;

static void arguments(char *hex)
{
    size_t n = 0;
    unsigned int octet;
    for (; sscanf(hex, "%2x", &octet) == 1; hex += 2) space_in[n++] = (char)octet;
    xdrmem_create(&in, space_in, (u_int)n, XDR_DECODE);
    xdrmem_create(&out, space_out, SPACE, XDR_ENCODE);
}

static void answer(int code)
{
    u_int i, n = SPACE - (u_int)out.x_handy;
    if (code) { printf("abort %d\n", code); fflush(stdout); return; }
    for (i = 0; i < n; i++) printf("%02x", (unsigned char)space_out[i]);
    printf("\n");
    fflush(stdout);
}

#define GET(type, variable) if (!xdr_##type(&in, variable)) { printf("undecodable\n"); fflush(stdout); return; }
#define PUT(type, variable) if (!code && !xdr_##type(&out, variable)) abort()

#define CALL(proc, type) \
    static void call_##proc(void) \
    { \
        type given, back; \
        int code; \
        memset(&given, 0, sizeof given); \
        memset(&back, 0, sizeof back); \
        GET(type, &given); \
        code = ZOO_##proc(zoo, &given, &back); \
        PUT(type, &back); \
        answer(code); \
        xdr_free((xdrproc_t)xdr_##type, &given); \
        if (!code) xdr_free((xdrproc_t)xdr_##type, &back); \
    }
CALL(Numbers, zooNumbers)
CALL(Texts, zooTexts)
CALL(Arrays, zooArrays)
CALL(Maybe, zooMaybe)
CALL(Cages, zooCages)

static void call_List(void)
{
    zooList given = 0, back = 0;
    int code;
    GET(zooList, &given);
    code = ZOO_List(zoo, given, &back);
    PUT(zooList, &back);
    answer(code);
}

static void call_Scalars(void)
{
    int a, a2; u_int b, b2; short c, c2; u_short d, d2; u_char e, e2;
    afs_int64 f, f2; afs_uint64 g, g2; zooFlag h, h2; zooKind i, i2;
    char *j = 0, *j2 = 0; zooOctets k = {0, 0}, k2 = {0, 0};
    int code;
    GET(int, &a); GET(u_int, &b); GET(short, &c); GET(u_short, &d); GET(u_char, &e);
    GET(afs_int64, &f); GET(afs_uint64, &g); GET(zooFlag, &h); GET(zooKind, &i);
    GET(zooName, &j); GET(zooOctets, &k);
    code = ZOO_Scalars(zoo, a, b, c, d, e, f, g, h, i, j, &k,
                       &a2, &b2, &c2, &d2, &e2, &f2, &g2, &h2, &i2, &j2, &k2);
    PUT(int, &a2); PUT(u_int, &b2); PUT(short, &c2); PUT(u_short, &d2); PUT(u_char, &e2);
    PUT(afs_int64, &f2); PUT(afs_uint64, &g2); PUT(zooFlag, &h2); PUT(zooKind, &i2);
    PUT(zooName, &j2); PUT(zooOctets, &k2);
    answer(code);
}

static void call_Letter(void)
{
    char given, back;
    int code;
    GET(char, &given);
    code = ZOO_Letter(zoo, given, &back);
    PUT(char, &back);
    answer(code);
}

static void call_Both(void)
{
    zooNumbers numbers;
    afs_int32 count;
    int code;
    memset(&numbers, 0, sizeof numbers);
    GET(zooNumbers, &numbers); GET(afs_int32, &count);
    code = ZOO_Both(zoo, &numbers, &count);
    PUT(zooNumbers, &numbers); PUT(afs_int32, &count);
    answer(code);
}

static void call_Nothing(void) { answer(ZOO_Nothing(zoo)); }

static void call_Fail(void)
{
    int with;
    GET(int, &with);
    answer(ZOO_Fail(zoo, with));
}

#define NUMBER(name, connection, call) \
    static void name(void) \
    { \
        int given, back, code; \
        GET(int, &given); \
        code = call(connection, given, &back); \
        PUT(int, &back); \
        answer(code); \
    }
NUMBER(call_Renamed, zoo, ZOO_Renamed)
NUMBER(call_Many, zoo, ZOO_Many)
NUMBER(call_First, pen, PEN_First)
NUMBER(call_Second, pen, PEN_Second)

static void call_Store(void)
{
    afs_int64 length, stored = 0;
    afs_uint32 sum = 0, sent = 0;
    int code;
    struct rx_call *call;
    GET(afs_int64, &length);
    call = rx_NewCall(zoo);
    code = StartZOO_Store(call, length);
    if (!code) code = give(call, length, &sent);
    if (!code) code = EndZOO_Store(call, &stored, &sum);
    code = rx_EndCall(call, code);
    if (!code && sum != sent) code = 9999;
    PUT(afs_int64, &stored); PUT(afs_uint32, &sum);
    answer(code);
}

static void call_Fetch(void)
{
    afs_int64 length;
    afs_uint32 sum = 0, seen = 0;
    int code;
    struct rx_call *call;
    GET(afs_int64, &length);
    call = rx_NewCall(zoo);
    code = StartZOO_Fetch(call, length);
    if (!code) code = take(call, length, &seen);
    if (!code) code = EndZOO_Fetch(call, &sum);
    code = rx_EndCall(call, code);
    if (!code && sum != seen) code = 9999;
    PUT(afs_uint32, &sum);
    answer(code);
}

static int client(int port)
{
    static char line[2 * SPACE];
    static const struct { const char *name; void (*call)(void); } calls[] = {
        {"Numbers", call_Numbers}, {"Texts", call_Texts}, {"Arrays", call_Arrays},
        {"Maybe", call_Maybe}, {"Cages", call_Cages}, {"List", call_List},
        {"Scalars", call_Scalars}, {"Letter", call_Letter}, {"Both", call_Both},
        {"Nothing", call_Nothing}, {"Fail", call_Fail}, {"Renamed", call_Renamed},
        {"Many", call_Many}, {"First", call_First}, {"Second", call_Second},
        {"Store", call_Store}, {"Fetch", call_Fetch},
    };
    struct rx_securityClass *security = rxnull_NewClientSecurityObject();
    if (rx_Init(0)) return 1;
    zoo = rx_NewConnection(htonl(0x7f000001), htons((u_short)port), ZOO_SERVICE, security, 0);
    pen = rx_NewConnection(htonl(0x7f000001), htons((u_short)port), PEN_SERVICE, security, 0);
    while (fgets(line, sizeof line, stdin)) {
        size_t i, n = strcspn(line, " \n");
        char *hex = line + n + (line[n] == ' ');
        line[n] = 0;
        arguments(hex);
        for (i = 0; i < sizeof calls / sizeof *calls; i++)
            if (!strcmp(calls[i].name, line)) { calls[i].call(); break; }
        if (i == sizeof calls / sizeof *calls) { printf("no procedure %s\n", line); fflush(stdout); }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "server")) return serve();
    if (argc == 3 && !strcmp(argv[1], "client")) return client(atoi(argv[2]));
    fprintf(stderr, "zoo_peer server | zoo_peer client PORT\n");
    return 2;
}
