/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counts an event as perf does, by its number:
 *   perf count ID FILTER OFFSET LIMIT FILE TEXT...  writes each text to the file, and prints how often it came;
 *        counted are those that pass a filter, if it is not empty, and a BPF program that takes those with
 *        more than LIMIT in the 32 bits at OFFSET, if that is not 0
 *   perf hold ID      has the event open until standard input ends
 *   perf raw NAME     has a BPF program on the tracepoint of that name until standard input ends
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	return 1;
}

static int bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static int load(int type, const struct bpf_insn *program, unsigned int length)
{
	static char log[16384];
	union bpf_attr attr;
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = type;
	attr.insns = (uintptr_t)program;
	attr.insn_cnt = length;
	attr.license = (uintptr_t)"GPL";
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	attr.log_level = 1;
	fd = bpf(BPF_PROG_LOAD, &attr);
	if (fd < 0)
		fprintf(stderr, "%s", log);
	return fd;
}

static int event(const char *id)
{
	struct perf_event_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.type = PERF_TYPE_TRACEPOINT;
	attr.size = sizeof(attr);
	attr.config = strtoul(id, NULL, 0);
	attr.sample_period = 1;
	return syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static int wait_for_end(void)
{
	char byte;

	puts("open");
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}

static int count(char **argv)
{
	int offset = atoi(argv[4]), limit = atoi(argv[5]);
	/* r0 = (u32 of the event > limit) */
	const struct bpf_insn program[] = {
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0 },
		{ BPF_LDX | BPF_MEM | BPF_W, BPF_REG_2, BPF_REG_1, offset, 0 },
		{ BPF_JMP | BPF_JLE | BPF_K, BPF_REG_2, 0, 1, limit },
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 1 },
		{ BPF_JMP | BPF_EXIT, 0, 0, 0, 0 },
	};
	unsigned long long times;
	int at, file, fd = event(argv[2]);

	if (fd < 0)
		return fail("perf_event_open");
	if (*argv[3] && ioctl(fd, PERF_EVENT_IOC_SET_FILTER, argv[3]))
		return fail("PERF_EVENT_IOC_SET_FILTER");
	if (offset) {
		int loaded = load(BPF_PROG_TYPE_TRACEPOINT, program, 5);

		if (loaded < 0)
			return fail("BPF_PROG_LOAD");
		if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, loaded))
			return fail("PERF_EVENT_IOC_SET_BPF");
	}
	file = open(argv[6], O_WRONLY);
	if (file < 0)
		return fail(argv[6]);
	for (at = 7; argv[at]; at++)
		if (write(file, argv[at], strlen(argv[at])) < 0)
			return fail("write");
	if (read(fd, &times, sizeof(times)) != sizeof(times))
		return fail("read");
	printf("%llu\n", times);
	return 0;
}

static int raw(const char *name)
{
	const struct bpf_insn program[] = {
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0 },
		{ BPF_JMP | BPF_EXIT, 0, 0, 0, 0 },
	};
	int loaded = load(BPF_PROG_TYPE_RAW_TRACEPOINT, program, 2);
	union bpf_attr attr;

	if (loaded < 0)
		return fail("BPF_PROG_LOAD");
	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.name = (uintptr_t)name;
	attr.raw_tracepoint.prog_fd = loaded;
	if (bpf(BPF_RAW_TRACEPOINT_OPEN, &attr) < 0)
		return fail("BPF_RAW_TRACEPOINT_OPEN");
	return wait_for_end();
}

int main(int argc, char **argv)
{
	if (argc > 7 && !strcmp(argv[1], "count"))
		return count(argv);
	if (argc == 3 && !strcmp(argv[1], "raw"))
		return raw(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "hold"))
		return event(argv[2]) < 0 ? fail("perf_event_open") : wait_for_end();
	return 2;
}
