// SPDX-License-Identifier: Apache-2.0
/* rxcall: calls by the kernel's AF_RXRPC, many at once on one socket.
 *   rxcall -a ADDRESS -p PORT -s SERVICE [-K KEY [-m LEVEL]] [-o OPERATION] -l OCTETS [-n AT_ONCE] [-c CALLS] [-w
 * SECONDS] KEY is the service's DES key, 16 hexadecimal digits; LEVEL 0, 1 or 2: clear, auth or encrypt. OPERATION:
 * echo (the reply must be the request), send or recv (those of the rxperf protocol, as Linux has it). A call without an
 * end after SECONDS is told as hung. Prints a line for each of the first failures, and at last calls N failed N hung N
 * wrong N octets N seconds S slowest S */
#include "rxsock.h"
#include "rxkad.h"
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>

#define AT_ONCE 256
#define PIECE (1 << 20)
#define COOKIE 0x4711

/* One of those who make calls, one call after the other. */
struct caller {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	unsigned long id;
	size_t got, wrong;
	int done, end, code;
};

static int fd, calls = 1, at_once = 1, started, failed, hung, wrong, told;
static size_t octets;
static double patience = 60, slowest, last_end;
static char operation = 'e';
static volatile int stop;
static struct caller callers[AT_ONCE];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static char pattern(unsigned long id, size_t at)
{
	return (at * 7 + id * 13 + (at >> 8)) >> 1;
}

static size_t reply_length(void)
{
	return operation == 'e' ? octets : operation == 'r' ? octets + 4 : 4;
}

static void put(char *to, uint32_t value)
{
	value = htonl(value);
	memcpy(to, &value, 4);
}

static void *receiver(void *unused)
{
	char *piece = malloc(PIECE);
	while (!stop) {
		struct pollfd p = {fd, POLLIN, 0};
		if (poll(&p, 1, 200) <= 0)
			continue;
		struct message m = receive(fd, piece, PIECE, MSG_DONTWAIT);
		if (m.n < 0)
			continue;
		struct caller *c = &callers[m.id % AT_ONCE];
		pthread_mutex_lock(&c->lock);
		if (c->id == m.id) {
			if (operation == 'e')
				for (ssize_t i = 0; i < m.n; i++)
					c->wrong += piece[i] != pattern(m.id, c->got + i);
			c->got += m.n;
			if (m.flags & MSG_EOR) {
				c->done = 1;
				c->end = m.end;
				c->code = m.code;
				pthread_cond_signal(&c->ended);
			}
		}
		pthread_mutex_unlock(&c->lock);
	}
	return unused;
}

/* Sends the request; -1 with errno when that fails. */
static int request(unsigned long id)
{
	if (operation == 'e') {
		char *data = malloc(octets + 1);
		for (size_t i = 0; i < octets; i++)
			data[i] = pattern(id, i);
		int r = send_all(fd, id, data, octets, 0);
		int e = errno;
		free(data);
		errno = e;
		return r;
	}
	static char filling[PIECE];
	char head[24];
	put(head, 3);
	put(head + 4, operation == 'r');
	put(head + 8, 65536);
	put(head + 12, 65536);
	put(head + 16, octets);
	put(head + 20, COOKIE);
	if (operation == 'r')
		return send_all(fd, id, head, 24, 0);
	if (send_all(fd, id, head, 20, 1) < 0)
		return -1;
	for (size_t left = octets; left > 0;) {
		size_t n = left < PIECE ? left : PIECE;
		if (send_all(fd, id, filling, n, 1) < 0)
			return -1;
		left -= n;
	}
	return send_all(fd, id, head + 20, 4, 0);
}

static void tell(unsigned long id, const char *what, int code, double seconds)
{
	if (told++ < 5)
		printf("call %lu: %s %d after %.2f s\n", id, what, code, seconds);
}

static const char *end_name(int end)
{
	switch (end) {
	case RXRPC_ABORT: return "ABORT";
	case RXRPC_NET_ERROR: return "NET_ERROR";
	case RXRPC_LOCAL_ERROR: return "LOCAL_ERROR";
	default: return "end";
	}
}

static void one_call(struct caller *c, unsigned long id)
{
	double start = now();
	pthread_mutex_lock(&c->lock);
	c->id = id;
	c->got = c->wrong = 0;
	c->done = c->end = c->code = 0;
	pthread_mutex_unlock(&c->lock);
	int sent = request(id), error = errno, late = 0;
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += sent < 0 ? 1 : patience; /* one that could not begin has no end */
	pthread_mutex_lock(&c->lock);
	while (!c->done && !late)
		late = pthread_cond_timedwait(&c->ended, &c->lock, &until) == ETIMEDOUT;
	double end = now();
	pthread_mutex_lock(&lock);
	if (!c->done && sent == 0) {
		hung++;
		tell(id, "no end", 0, end - start);
	} else if (c->end) {
		failed++;
		tell(id, end_name(c->end), c->code, end - start);
	} else if (sent < 0) {
		failed++;
		tell(id, errno_name(error), 0, end - start);
	} else if (c->wrong || c->got != reply_length()) {
		wrong++;
		tell(id, "wrong data, octets", c->got, end - start);
	}
	if (end - start > slowest)
		slowest = end - start;
	if (end > last_end)
		last_end = end;
	pthread_mutex_unlock(&lock);
	c->id = 0;
	pthread_mutex_unlock(&c->lock);
}

static void *caller(void *of)
{
	struct caller *c = of;
	for (;;) {
		pthread_mutex_lock(&lock);
		int turn = started < calls ? ++started : 0;
		pthread_mutex_unlock(&lock);
		if (!turn)
			return NULL;
		one_call(c, (unsigned long)turn * AT_ONCE + (c - callers));
	}
}

int main(int argc, char **argv)
{
	const char *ip = "127.0.0.1";
	int port = 7100, service = 100, with_key = 0, o;
	unsigned level = 0;
	uint8_t key[8];
	while ((o = getopt(argc, argv, "a:p:s:K:m:o:l:n:c:w:")) > 0) {
		switch (o) {
		case 'a': ip = optarg; break;
		case 'p': port = atoi(optarg); break;
		case 's': service = atoi(optarg); break;
		case 'm': level = atoi(optarg); break;
		case 'o': operation = *optarg; break;
		case 'l': octets = strtoul(optarg, NULL, 0); break;
		case 'n': at_once = atoi(optarg) < AT_ONCE ? atoi(optarg) : AT_ONCE; break;
		case 'c': calls = atoi(optarg); break;
		case 'w': patience = atof(optarg); break;
		case 'K':
			with_key = 1;
			if (!parse_key(optarg, key))
				break; /* fall through */
		default: return 2;
		}
	}
	fd = socket(AF_RXRPC, SOCK_DGRAM, family(ip));
	if (with_key &&
	    (add_client_key("lab", key, 1) < 0 || setsockopt(fd, SOL_RXRPC, RXRPC_SECURITY_KEY, "lab", 3) < 0 ||
	     setsockopt(fd, SOL_RXRPC, RXRPC_MIN_SECURITY_LEVEL, &level, sizeof level) < 0)) {
		perror("key");
		return 1;
	}
	struct sockaddr_rxrpc to = address(ip, port, service);
	if (connect(fd, (void *)&to, sizeof to) < 0) {
		perror("connect");
		return 1;
	}
	pthread_t r, threads[AT_ONCE];
	double start = now();
	for (int i = 0; i < at_once; i++) {
		pthread_mutex_init(&callers[i].lock, NULL);
		pthread_cond_init(&callers[i].ended, NULL);
	}
	pthread_create(&r, NULL, receiver, NULL);
	for (int i = 0; i < at_once; i++)
		pthread_create(&threads[i], NULL, caller, &callers[i]);
	for (int i = 0; i < at_once; i++)
		pthread_join(threads[i], NULL);
	stop = 1;
	pthread_join(r, NULL);
	printf("calls %d failed %d hung %d wrong %d octets %zu seconds %.4f slowest %.4f\n", calls, failed, hung, wrong,
	       octets * (calls - failed - hung - wrong), last_end - start, slowest);
	fflush(stdout);
	usleep(200000); /* Linux 6.12: a timer of a connection that is closed at once may bring the kernel down */
	return failed + hung + wrong != 0;
}
