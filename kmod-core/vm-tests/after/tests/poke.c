// SPDX-License-Identifier: GPL-2.0-only
/* Does one thing: 0, or its errno. What is stuck in the kernel stays so: a process of its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char page[4096];

static int reader;

static void *read_it(void *fd)
{
	reader = syscall(SYS_gettid);
	read((long)fd, page, sizeof(page));
	return NULL;
}

/* Reads in a thread of its own, until that has ended. */
static int read_in_a_thread(int fd)
{
	pthread_t thread;
	char task[64];

	if (pthread_create(&thread, NULL, read_it, (void *)(long)fd))
		return -1;
	while (!*(volatile int *)&reader)
		usleep(1000);
	snprintf(task, sizeof(task), "/proc/self/task/%d", reader);
	while (!access(task, F_OK))
		usleep(1000);
	return 0;
}

static int use(const char *how, int fd, const char *text)
{
	if (!strcmp(how, "open"))
		return 0;
	if (!strcmp(how, "close"))
		return close(fd);
	if (!strcmp(how, "read"))
		return read(fd, page, sizeof(page));
	if (!strcmp(how, "write"))
		return write(fd, text, strlen(text));
	if (!strcmp(how, "lseek"))
		return lseek(fd, 0, SEEK_SET);
	if (!strcmp(how, "ioctl"))
		return ioctl(fd, _IO(0xb7, 1));
	if (!strcmp(how, "fsync"))
		return fsync(fd);
	if (!strcmp(how, "poll")) {
		struct pollfd one = { .fd = fd, .events = POLLIN };

		return poll(&one, 1, 0);
	}
	if (!strcmp(how, "mmap"))
		return mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? -1 : 0;
	if (!strcmp(how, "fdinfo")) {
		snprintf(page, sizeof(page), "/proc/self/fdinfo/%d", fd);
		fd = open(page, O_RDONLY);
		return read(fd, page, sizeof(page));
	}
	if (!strcmp(how, "threads"))
		return read_in_a_thread(fd);
	errno = ENOSYS;
	return -1;
}

static int write_to(const char *folder, const char *file, const char *text)
{
	int fd;

	snprintf(page, sizeof(page), "%s/%s", folder, file);
	fd = open(page, O_WRONLY);
	return write(fd, text, strlen(text));
}

/* Takes a driver its device, and gives it back. */
static int bind_again(const char *driver, const char *device)
{
	if (write_to(driver, "unbind", device) < 0)
		return -1;
	return write_to(driver, "bind", device);
}

/* In a namespace of users of its own; the device may be "-", for none. */
static int unshare_and_fsync(const char *device)
{
	if (unshare(CLONE_NEWUSER))
		return -1;
	return strcmp(device, "-") ? fsync(open(device, O_RDONLY)) : 0;
}

static int show(const char *name)
{
	int fd;

	if (mkdir("/tmp/show", 0755) && errno != EEXIST)
		return -1;
	if (mount("none", "/tmp/show", name, 0, NULL))
		return -1;
	fd = open("/tmp/show/shown", O_RDONLY);
	umount2("/tmp/show", MNT_DETACH);
	return read(fd, page, sizeof(page));
}

int main(int argc, char **argv)
{
	const char *how = argc > 2 ? argv[1] : "", *on = argc > 2 ? argv[2] : "";
	const char *text = argc > 3 ? argv[3] : "1";
	int fd, mode, done;

	if (!strcmp(how, "rmmod")) {
		done = syscall(SYS_delete_module, on, O_NONBLOCK);
	} else if (!strcmp(how, "insmod")) {
		fd = open(on, O_RDONLY);
		done = syscall(SYS_finit_module, fd, text, 0);
	} else if (!strcmp(how, "bind again")) {
		done = bind_again(on, text);
	} else if (!strcmp(how, "unshare")) {
		done = unshare_and_fsync(on);
	} else if (!strcmp(how, "show")) {
		done = show(on);
	} else {
		mode = !strcmp(how, "write") ? O_WRONLY : O_RDONLY;
		fd = open(on, mode);
		done = fd < 0 ? -1 : use(how, fd, text);
	}
	return done < 0 ? errno : 0;
}
