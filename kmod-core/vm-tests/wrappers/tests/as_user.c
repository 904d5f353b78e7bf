// SPDX-License-Identifier: GPL-2.0-only
/* Becomes somebody, step by step as the arguments say, and reads a file. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(int ret, const char *what)
{
	if (ret < 0) {
		perror(what);
		exit(1);
	}
}

/* Keeps all capabilities but one. */
static void drop(int cap)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];

	check(syscall(SYS_capget, &header, data), "capget");
	data[cap / 32].effective &= ~(1u << cap % 32);
	check(syscall(SYS_capset, &header, data), "capset");
}

int main(int argc, char **argv)
{
	int fd = -1;

	for (int i = 1; i < argc; i++) {
		const char *step = argv[i];

		if (!strcmp(step, "ids")) {
			check(setresgid(1001, 2001, 2001), "setresgid");
			check(setresuid(1000, 2000, 2000), "setresuid");
		} else if (!strcmp(step, "drop-admin")) {
			drop(CAP_SYS_ADMIN);
		} else if (!strcmp(step, "userns")) {
			check(unshare(CLONE_NEWUSER), "unshare(CLONE_NEWUSER)");
		} else if (!strcmp(step, "pidns")) {
			pid_t child;
			int status;

			check(unshare(CLONE_NEWPID), "unshare(CLONE_NEWPID)");
			child = fork();
			check(child, "fork");
			if (child) {
				check(waitpid(child, &status, 0), "waitpid");
				return status ? 1 : 0;
			}
		} else if (!strcmp(step, "name")) {
			check(prctl(PR_SET_NAME, "quite a long name indeed"), "prctl");
		} else if (!strcmp(step, "open")) {
			fd = open(argv[++i], O_RDONLY);
			check(fd, argv[i]);
		} else if (!strcmp(step, "put")) {
			fd = open(argv[++i], O_WRONLY);
			check(fd, argv[i]);
			printf("put %d\n", write(fd, "x", 1) < 0 ? errno : 0);
			fflush(stdout);
		} else if (!strcmp(step, "read")) {
			char text[1024];
			ssize_t n = read(fd, text, sizeof(text));

			check(n, "read");
			fwrite(text, 1, n, stdout);
			printf("self %d\n", getpid());
			fflush(stdout);
		}
	}
	return 0;
}
