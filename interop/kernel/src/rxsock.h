// SPDX-License-Identifier: Apache-2.0
/* Sending and receiving on an AF_RXRPC socket. Include once a program. */
#ifndef RXSOCK_H
#define RXSOCK_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/rxrpc.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#ifndef AF_RXRPC
#define AF_RXRPC 33
#endif
#ifndef SOL_RXRPC
#define SOL_RXRPC 272
#endif
#define UNUSED __attribute__((unused))

UNUSED static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

UNUSED static const char *errno_name(int e)
{
	const char *name = strerrorname_np(e);
	return name ? name : "unknown errno";
}

UNUSED static int family(const char *ip)
{
	return strchr(ip, ':') ? AF_INET6 : AF_INET;
}

UNUSED static struct sockaddr_rxrpc address(const char *ip, int port, int service)
{
	struct sockaddr_rxrpc s;
	memset(&s, 0, sizeof s);
	s.srx_family = AF_RXRPC;
	s.srx_service = service;
	s.transport_type = SOCK_DGRAM;
	if (family(ip) == AF_INET6) {
		s.transport_len = sizeof s.transport.sin6;
		s.transport.sin6.sin6_family = AF_INET6;
		s.transport.sin6.sin6_port = htons(port);
		inet_pton(AF_INET6, ip, &s.transport.sin6.sin6_addr);
	} else {
		s.transport_len = sizeof s.transport.sin;
		s.transport.sin.sin_family = AF_INET;
		s.transport.sin.sin_port = htons(port);
		inet_pton(AF_INET, ip, &s.transport.sin.sin_addr);
	}
	return s;
}

/* One message about call id; with command != 0 also that control message, with length octets of value. */
static ssize_t send_with(int fd, unsigned long id, int command, const void *value, size_t length, const void *data,
			 size_t n, int flags)
{
	char control[128] = {0};
	struct iovec v = {(void *)data, n};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control};
	struct cmsghdr *h = (void *)control;
	h->cmsg_level = SOL_RXRPC;
	h->cmsg_type = RXRPC_USER_CALL_ID;
	h->cmsg_len = CMSG_LEN(sizeof id);
	memcpy(CMSG_DATA(h), &id, sizeof id);
	m.msg_controllen = CMSG_SPACE(sizeof id);
	if (command) {
		h = (void *)(control + m.msg_controllen);
		h->cmsg_level = SOL_RXRPC;
		h->cmsg_type = command;
		h->cmsg_len = CMSG_LEN(length);
		if (length)
			memcpy(CMSG_DATA(h), value, length);
		m.msg_controllen += CMSG_SPACE(length);
	}
	return sendmsg(fd, &m, flags);
}

/* All of the data; more: the phase goes on. */
UNUSED static int send_all(int fd, unsigned long id, const char *data, size_t n, int more)
{
	do {
		ssize_t r = send_with(fd, id, 0, NULL, 0, data, n, more ? MSG_MORE : 0);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -1;
		data += r;
		n -= r;
	} while (n > 0);
	return 0;
}

/* A message that was received: end is the control message that says how the call ended, code its value. */
struct message {
	ssize_t n;
	int error, flags, end;
	int32_t code;
	unsigned long id;
};

UNUSED static struct message receive(int fd, void *to, size_t length, int flags)
{
	char control[256];
	struct message got = {0};
	struct iovec v = {to, length};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	got.n = recvmsg(fd, &m, flags);
	if (got.n < 0) {
		got.error = errno;
		return got;
	}
	got.flags = m.msg_flags;
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
		if (h->cmsg_level != SOL_RXRPC)
			continue;
		if (h->cmsg_type == RXRPC_USER_CALL_ID) {
			memcpy(&got.id, CMSG_DATA(h), sizeof got.id);
		} else {
			got.end = h->cmsg_type;
			if (h->cmsg_len > CMSG_LEN(0))
				memcpy(&got.code, CMSG_DATA(h), 4);
		}
	}
	return got;
}
#endif
