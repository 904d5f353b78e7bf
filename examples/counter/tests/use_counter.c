// SPDX-License-Identifier: GPL-2.0-only
/* A program as its users write it, with the header that `cargo kmod uapi` made. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "counter.h"

static void show(int fd, const char *what, int status)
{
	int error = errno;
	__s64 value = -1;

	if (ioctl(fd, COUNTER_GET, &value))
		perror("COUNTER_GET");
	printf("%s: %s, now %lld\n", what, status ? strerror(error) : "ok", (long long)value);
}

int main(void)
{
	struct counter_limits limits = { .min = -5, .max = 10 };
	__s64 step = 7;
	int fd = open("/dev/counter", O_RDWR);

	if (fd < 0) {
		perror("/dev/counter");
		return 1;
	}
	show(fd, "reset", ioctl(fd, COUNTER_RESET));
	show(fd, "add 7", ioctl(fd, COUNTER_ADD, &step));
	show(fd, "limits -5 to 10", ioctl(fd, COUNTER_SWAP_LIMITS, &limits));
	show(fd, "add 7", ioctl(fd, COUNTER_ADD, &step));
	limits.max = 6;
	show(fd, "limits -5 to 6", ioctl(fd, COUNTER_SWAP_LIMITS, &limits));
	show(fd, "add from nowhere", ioctl(fd, COUNTER_ADD, NULL));
	show(fd, "another command", ioctl(fd, _IO(0xb7, 0x05)));
	return 0;
}
