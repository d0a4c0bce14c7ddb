/* SPDX-License-Identifier: Apache-2.0 */
/* The rxperf protocol (service 147) by OpenAFS's own library, as it is without options: a server, and
 * a client that says how long its calls took.
 *
 *   rxload server PORT                              until its standard input ends
 *   rxload client PORT send|recv OCTETS CALLS       CALLS at once, once to warm up and once measured
 *   rxload client PORT rpc OCTETS CALLS SECONDS     CALLS open all the time; requests and replies alike
 *
 * The client prints megabytes (10^6) a second, or calls a second.
 */
#include <sys/types.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <pthread.h>
#include <arpa/inet.h>
#include <rx/rx.h>
#include <rx/rx_null.h>

enum { SERVICE = 147, VERSION = 3, SEND = 0, RECV = 1, RPC = 3, MAGIC = 0x4711, CHUNK = 65536 };

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what, long code) {
  fprintf(stderr, "rxload: %s: %ld\n", what, code);
  exit(1);
}

static int put(struct rx_call *call, uint32_t value) {
  value = htonl(value);
  return rx_Write(call, (char *)&value, 4) == 4;
}

static int get(struct rx_call *call, uint32_t *value) {
  if (rx_Read(call, (char *)value, 4) != 4) return 0;
  *value = ntohl(*value);
  return 1;
}

static int put_octets(struct rx_call *call, char *chunk, uint32_t left) {
  while (left > 0) {
    int n = left < CHUNK ? (int)left : CHUNK;
    if (rx_Write(call, chunk, n) != n) return 0;
    left -= n;
  }
  return 1;
}

static int get_octets(struct rx_call *call, char *chunk, uint32_t left) {
  while (left > 0) {
    int n = left < CHUNK ? (int)left : CHUNK;
    if (rx_Read(call, chunk, n) != n) return 0;
    left -= n;
  }
  return 1;
}

static afs_int32 execute(struct rx_call *call) {
  uint32_t version, operation, advice, there = 0, back = 0;
  int ok = get(call, &version) && get(call, &operation) && get(call, &advice) && get(call, &advice);
  if (!ok || version != VERSION) return -453;
  if (operation == SEND) ok = get(call, &there);
  else if (operation == RECV) ok = get(call, &back);
  else if (operation == RPC) ok = get(call, &there) && get(call, &back);
  else return -455;
  char chunk[CHUNK];
  if (back) memset(chunk, 0, sizeof chunk);
  ok = ok && get_octets(call, chunk, there) && put_octets(call, chunk, back) && put(call, MAGIC);
  return ok ? 0 : -453;
}

static int server(int port) {
  struct rx_securityClass *none = rxnull_NewServerSecurityObject();
  struct rx_service *service;
  if (rx_InitHost(htonl(INADDR_LOOPBACK), htons(port)) != 0) fail("cannot bind the port", port);
  service = rx_NewService(0, SERVICE, "rxperf", &none, 1, execute);
  if (!service) fail("no service", 0);
  rx_SetMinProcs(service, 2);
  rx_SetMaxProcs(service, 16);
  rx_StartServer(0);
  puts("ready");
  fflush(stdout);
  while (getchar() != EOF) {}
  return 0;
}

static struct rx_connection *connections[64];
static int operation;
static uint32_t octets;
static double until;                      /* rpc: when to stop */
static long made;                         /* rpc: calls that ended in time */
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

static void one(struct rx_connection *connection, char *chunk) {
  uint32_t magic = 0;
  struct rx_call *call = rx_NewCall(connection);
  int ok = put(call, VERSION) && put(call, operation) && put(call, CHUNK) && put(call, CHUNK) && put(call, octets);
  if (operation == RPC) ok = ok && put(call, octets);
  if (operation != RECV) ok = ok && put_octets(call, chunk, octets);
  if (operation != SEND) ok = ok && get_octets(call, chunk, octets);
  ok = ok && get(call, &magic) && magic == MAGIC;
  afs_int32 code = rx_EndCall(call, 0);
  if (code != 0 || !ok) fail("a call failed", code);
}

static void *caller(void *at) {
  struct rx_connection *connection = connections[(long)at / RX_MAXCALLS];
  char *chunk = calloc(1, CHUNK);
  if (operation != RPC) {
    one(connection, chunk);
  } else {
    long n = 0;
    for (; seconds() < until; n++) one(connection, chunk);
    pthread_mutex_lock(&counting);
    made += n;
    pthread_mutex_unlock(&counting);
  }
  free(chunk);
  return NULL;
}

static double all(long calls) { /* returns how long they took */
  pthread_t threads[256];
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  double begin = seconds();
  for (long i = 0; i < calls; i++)
    if (pthread_create(&threads[i], &attributes, caller, (void *)i) != 0) fail("no thread", i);
  for (long i = 0; i < calls; i++) pthread_join(threads[i], NULL);
  return seconds() - begin;
}

static int client(int port, const char *what, uint32_t size, long calls, double time) {
  struct rx_securityClass *none = rxnull_NewClientSecurityObject();
  if (calls < 1 || calls > 256) fail("1 to 256 calls, not", calls);
  if (rx_InitHost(htonl(INADDR_LOOPBACK), 0) != 0) fail("no port", 0);
  for (long i = 0; i * RX_MAXCALLS < calls; i++)
    connections[i] = rx_NewConnection(htonl(INADDR_LOOPBACK), htons(port), SERVICE, none, 0);
  operation = !strcmp(what, "send") ? SEND : !strcmp(what, "recv") ? RECV : RPC;
  if (operation == RPC) {
    octets = size;
    until = seconds() + time / 4;
    all(calls);
    made = 0;
    until = seconds() + time;
    double took = all(calls);
    printf("%.1f\n", made / took);
  } else {
    octets = size / 8;
    all(calls);
    octets = size;
    double took = all(calls);
    printf("%.1f\n", (double)size * calls / took / 1e6);
  }
  fflush(stdout);
  _exit(0); /* rx_Finalize would wait for what nobody asks for any more */
}

int main(int argc, char **argv) {
  if (argc == 3 && !strcmp(argv[1], "server")) return server(atoi(argv[2]));
  if (argc >= 6 && !strcmp(argv[1], "client"))
    return client(atoi(argv[2]), argv[3], strtoul(argv[4], NULL, 10), atol(argv[5]), argc > 6 ? atof(argv[6]) : 3);
  fputs("rxload server PORT | client PORT send|recv|rpc OCTETS CALLS [SECONDS]\n", stderr);
  return 2;
}
