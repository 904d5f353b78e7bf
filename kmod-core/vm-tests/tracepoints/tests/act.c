/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * act signal: ignores signal 42 and sends it to itself, by kill(2) and tgkill(2)
 * act call N: getppid(2) N times
 * act rename: is called "before", then otherwise
 * act number: prints getppid(2)'s number
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int times = argc > 2 ? atoi(argv[2]) : 1;

	if (!strcmp(what, "signal")) {
		sigset_t set;

		sigemptyset(&set);
		sigaddset(&set, 42);
		sigprocmask(SIG_BLOCK, &set, NULL);
		while (times--) {
			kill(getpid(), 42);
			syscall(SYS_tgkill, getpid(), getpid(), 42);
		}
	} else if (!strcmp(what, "call")) {
		while (times--)
			syscall(SYS_getppid);
	} else if (!strcmp(what, "rename")) {
		prctl(PR_SET_NAME, "before");
		prctl(PR_SET_NAME, "behind");
	} else if (!strcmp(what, "number")) {
		printf("%d\n", SYS_getppid);
	} else {
		return 2;
	}
	return 0;
}
