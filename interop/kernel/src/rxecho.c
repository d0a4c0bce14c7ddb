// SPDX-License-Identifier: Apache-2.0
/* rxecho: a server on the kernel's AF_RXRPC that sends each request back, many at once.
 *   rxecho -a ADDRESS -p PORT -s SERVICE [-K KEY] [-A CODE]
 * KEY is the service's DES key, 16 hexadecimal digits; CODE: every call is aborted with it instead.
 * Prints "ready" and serves until it is killed. */
#include "rxsock.h"
#include "rxkad.h"
#include <pthread.h>
#include <stdlib.h>

#define CALLS 8192
#define WORKERS 128
#define PIECE (1 << 20)

struct request {
	unsigned long id;
	size_t length, room;
	char *data;
};

static int fd;
static unsigned abort_code;
static struct request calls[CALLS], queue[CALLS];
static unsigned queued, taken;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

/* A reply may have to wait for its client: each has a thread of its own, or requests would not be read meanwhile. */
static void *reply(void *unused)
{
	for (;;) {
		pthread_mutex_lock(&lock);
		while (queued == taken)
			pthread_cond_wait(&ready, &lock);
		struct request r = queue[taken++ % CALLS];
		pthread_mutex_unlock(&lock);
		if (abort_code)
			send_with(fd, r.id, RXRPC_ABORT, &abort_code, 4, NULL, 0, 0);
		else
			send_all(fd, r.id, r.data, r.length, 0); /* how it ends is told by recvmsg */
		free(r.data);
	}
	return unused;
}

static void append(struct request *r, const char *data, size_t n)
{
	if (r->length + n > r->room) {
		r->room = r->length + n > 2 * r->room ? r->length + n : 2 * r->room;
		r->data = realloc(r->data, r->room);
	}
	memcpy(r->data + r->length, data, n);
	r->length += n;
}

static void serve(void)
{
	char *piece = malloc(PIECE);
	unsigned long next = 1;
	while (send_with(fd, next, RXRPC_CHARGE_ACCEPT, NULL, 0, NULL, 0, 0) >= 0)
		next++;
	printf("ready, %lu calls charged\n", next - 1);
	fflush(stdout);
	for (;;) {
		struct message m = receive(fd, piece, PIECE, 0);
		if (m.n < 0 && m.error == EINTR)
			continue;
		if (m.n < 0) {
			printf("recvmsg: %s\n", errno_name(m.error));
			return;
		}
		struct request *r = &calls[m.id % CALLS];
		if (r->id != m.id) { /* a new call: let another come */
			free(r->data);
			*r = (struct request){.id = m.id};
			if (send_with(fd, next, RXRPC_CHARGE_ACCEPT, NULL, 0, NULL, 0, 0) >= 0)
				next++;
		}
		if (m.n > 0)
			append(r, piece, m.n);
		if (m.flags & MSG_EOR) {
			free(r->data);
			r->data = NULL;
		} else if (!(m.flags & MSG_MORE)) {
			pthread_mutex_lock(&lock);
			queue[queued++ % CALLS] = *r;
			pthread_cond_signal(&ready);
			pthread_mutex_unlock(&lock);
			r->data = NULL;
		}
	}
}

int main(int argc, char **argv)
{
	const char *ip = "0.0.0.0";
	int port = 7100, service = 100, with_key = 0, o;
	uint8_t key[8];
	while ((o = getopt(argc, argv, "a:p:s:K:A:")) > 0) {
		switch (o) {
		case 'a': ip = optarg; break;
		case 'p': port = atoi(optarg); break;
		case 's': service = atoi(optarg); break;
		case 'A': abort_code = strtoul(optarg, NULL, 0); break;
		case 'K':
			with_key = 1;
			if (!parse_key(optarg, key))
				break; /* fall through */
		default: return 2;
		}
	}
	fd = socket(AF_RXRPC, SOCK_DGRAM, family(ip));
	if (with_key && (add_server_key("labring", service, key) < 0 ||
			 setsockopt(fd, SOL_RXRPC, RXRPC_SECURITY_KEYRING, "labring", 7) < 0)) {
		perror("key");
		return 1;
	}
	struct sockaddr_rxrpc a = address(ip, port, service);
	if (bind(fd, (void *)&a, sizeof a) < 0 || (listen(fd, 31) < 0 && listen(fd, 10) < 0)) {
		perror("bind");
		return 1;
	}
	for (int i = 0; i < WORKERS; i++) {
		pthread_t t;
		pthread_create(&t, NULL, reply, NULL);
	}
	serve();
	return 1;
}
