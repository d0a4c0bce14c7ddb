// SPDX-License-Identifier: Apache-2.0
/* gagent: run commands in the guest for the harness.
 *   gagent -l PORT            serve (in the guest)
 *   gagent HOST PORT CMD...   run CMD through /bin/sh -c in the guest; stdout, stderr
 *                             and the exit status come back (status 255: transport failure)
 * Frames: u8 type, u32 be length, data.  types: 0 cmd, 1 stdout, 2 stderr, 3 exit status.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int wr(int fd, const void *b, size_t n)
{
	const char *p = b;
	while (n) {
		ssize_t r = write(fd, p, n);
		if (r <= 0) {
			if (r < 0 && errno == EINTR)
				continue;
			return -1;
		}
		p += r;
		n -= r;
	}
	return 0;
}
static int rd(int fd, void *b, size_t n)
{
	char *p = b;
	while (n) {
		ssize_t r = read(fd, p, n);
		if (r <= 0) {
			if (r < 0 && errno == EINTR)
				continue;
			return -1;
		}
		p += r;
		n -= r;
	}
	return 0;
}
static int frame(int fd, unsigned char t, const void *b, unsigned n)
{
	unsigned char h[5] = {t, n >> 24, n >> 16, n >> 8, n};
	return wr(fd, h, 5) || wr(fd, b, n) ? -1 : 0;
}
static void serve(int c)
{
	unsigned char h[5];
	unsigned n;
	char *cmd, buf[16384];
	int o[2], e[2], st = 0, open_ = 2;
	pid_t pid;
	if (rd(c, h, 5) || h[0] != 0)
		exit(1);
	n = h[1] << 24 | h[2] << 16 | h[3] << 8 | h[4];
	if (n > 1 << 20)
		exit(1);
	cmd = calloc(1, n + 1);
	if (rd(c, cmd, n))
		exit(1);
	if (pipe(o) || pipe(e))
		exit(1);
	pid = fork();
	if (!pid) {
		setsid();
		signal(SIGPIPE, SIG_DFL);
		signal(SIGCHLD, SIG_DFL);
		dup2(o[1], 1);
		dup2(e[1], 2);
		close(0);
		if (open("/dev/null", 0)) {
		}
		close(o[0]);
		close(o[1]);
		close(e[0]);
		close(e[1]);
		close(c);
		execl("/bin/sh", "sh", "-c", cmd, NULL);
		_exit(127);
	}
	close(o[1]);
	close(e[1]);
	while (open_) {
		struct pollfd p[3] = {{o[0], POLLIN, 0}, {e[0], POLLIN, 0}, {c, POLLIN, 0}};
		if (poll(p, 3, 500) < 0 && errno != EINTR)
			break;
		if (p[2].revents) { /* the client went away (it never sends more) */
			kill(-pid, SIGTERM);
			usleep(200000);
			kill(-pid, SIGKILL);
			break;
		}
		for (int i = 0; i < 2; i++)
			if (p[i].revents) {
				ssize_t r = read(p[i].fd, buf, sizeof buf);
				if (r <= 0) {
					close(p[i].fd);
					if (i)
						e[0] = -1;
					else
						o[0] = -1;
					open_--;
				} else if (frame(c, 1 + i, buf, r)) {
					kill(-pid, SIGKILL);
					open_ = 0;
				}
			}
		/* a background child may hold the pipes: end with the command itself */
		if (open_ && !p[0].revents && !p[1].revents && waitpid(pid, &st, WNOHANG) == pid) {
			pid = 0;
			break;
		}
	}
	if (pid)
		waitpid(pid, &st, 0);
	unsigned s = htonl(WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st));
	frame(c, 3, &s, 4);
	exit(0);
}
int main(int ac, char **av)
{
	struct sockaddr_in sa = {.sin_family = AF_INET};
	int one = 1;
	signal(SIGPIPE, SIG_IGN);
	if (ac == 3 && !strcmp(av[1], "-l")) {
		int l = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		signal(SIGCHLD, SIG_IGN);
		setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, 4);
		sa.sin_port = htons(atoi(av[2]));
		if (bind(l, (void *)&sa, sizeof sa) || listen(l, 16)) {
			perror("gagent");
			return 1;
		}
		for (;;) {
			int c = accept(l, NULL, NULL);
			if (c < 0)
				continue;
			setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &one, 4);
			if (!fork()) {
				signal(SIGCHLD, SIG_DFL);
				close(l);
				serve(c);
			}
			close(c);
		}
	}
	if (ac < 4) {
		fprintf(stderr, "usage: gagent -l PORT | gagent HOST PORT CMD...\n");
		return 255;
	}
	char *cmd = calloc(1, 1 << 20);
	for (int i = 3; i < ac; i++) {
		if (i > 3)
			strcat(cmd, " ");
		strcat(cmd, av[i]);
	}
	int s = socket(AF_INET, SOCK_STREAM, 0);
	sa.sin_port = htons(atoi(av[2]));
	if (inet_pton(AF_INET, av[1], &sa.sin_addr) != 1)
		return 255;
	struct timeval tv = {5, 0};
	setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv);
	if (connect(s, (void *)&sa, sizeof sa)) {
		perror("gagent: connect");
		return 255;
	}
	setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, 4);
	if (frame(s, 0, cmd, strlen(cmd)))
		return 255;
	static char buf[65536];
	for (;;) {
		unsigned char h[5];
		unsigned n;
		if (rd(s, h, 5)) {
			fprintf(stderr, "gagent: connection lost\n");
			return 255;
		}
		n = h[1] << 24 | h[2] << 16 | h[3] << 8 | h[4];
		if (n > sizeof buf || rd(s, buf, n))
			return 255;
		if (h[0] == 3) {
			unsigned v;
			memcpy(&v, buf, 4);
			return ntohl(v);
		}
		wr(h[0] == 2 ? 2 : 1, buf, n);
	}
}
