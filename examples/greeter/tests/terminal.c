// SPDX-License-Identifier: GPL-2.0-only
/*
 * terminal PATH NAME: loads and unloads a module in a process that has a terminal of its own, and shows what comes
 * out of the terminal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41)
#endif

static int in_terminal(int terminal, const char *path, const char *name)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0 || setsid() < 0 || ioctl(terminal, TIOCSCTTY, 0) < 0)
		return 1;
	if (syscall(SYS_finit_module, file, "", 0))
		return 2;
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? 3 : 0;
}

int main(int argc, char **argv)
{
	int unlock = 0, status, here, there;
	char text[4096];
	struct pollfd fd;
	ssize_t n;
	pid_t child;

	mkdir("/dev/pts", 0755);
	/* It may be mounted already. */
	mount("devpts", "/dev/pts", "devpts", 0, "ptmxmode=0666");
	here = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (argc != 3 || here < 0 || ioctl(here, TIOCSPTLCK, &unlock) < 0)
		goto failed;
	there = ioctl(here, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	if (there < 0)
		goto failed;
	child = fork();
	if (!child)
		_exit(in_terminal(there, argv[1], argv[2]));
	if (child < 0 || waitpid(child, &status, 0) < 0)
		goto failed;
	fd = (struct pollfd){ .fd = here, .events = POLLIN };
	while (poll(&fd, 1, 200) > 0 && (n = read(here, text, sizeof(text))) > 0)
		fwrite(text, 1, n, stdout);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 9;
failed:
	fprintf(stderr, "%s\n", strerror(errno));
	return 10;
}
