// SPDX-License-Identifier: GPL-2.0-only
/* Every command of the header, with its own types: says what each returned and gave. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "vm_ioctl.h"

static int fd;

static void say(const char *name, int status)
{
	printf("%s %d\n", name, status < 0 ? -errno : status);
}

#define CALL(command, argument) say(#command, ioctl(fd, command, argument))

static void point(const struct vm_point *p)
{
	printf("(%d %d %d)\n", p->x, p->y, p->z);
}

int main(int argc, char **argv)
{
	static struct vm_table table;
	static __u8 full[16383];
	struct vm_point p = { .x = 1, .y = 2, .z = 3 };
	struct vm_point q = { .x = -1 };
	__u8 byte = 200, turn[7] = { 1, 2, 3, 4, 5, 6, 7 };
	__s16 number = -30000;
	__u32 word = 4000000000U;
	__u64 wide = 1ULL << 63;
	const char *suffix = argc > 1 ? argv[1] : "";
	char path[64];

	snprintf(path, sizeof(path), "/dev/vm_ioctl%s", suffix);
	fd = open(path, O_RDWR);
	CALL(VM_RESET, 0);
	CALL(VM_ADD, 5);
	CALL(VM_ADD, -1L);
	CALL(VM_SET_BYTE, &byte);
	CALL(VM_SET_SHORT, &number);
	CALL(VM_SET_INT, &word);
	CALL(VM_SET_LONG, &wide);
	CALL(VM_SET_POINT, &p);
	CALL(VM_SUM, &p);
	CALL(VM_SUM, &q);
	byte = 0, number = 0, word = 0, wide = 0;
	CALL(VM_GET_BYTE, &byte);
	CALL(VM_GET_SHORT, &number);
	CALL(VM_GET_INT, &word);
	CALL(VM_GET_LONG, &wide);
	printf("%u %d %u %llu\n", byte, number, word, (unsigned long long)wide);
	CALL(VM_SWAP_POINT, &q);
	point(&q);
	q.x = 9;
	CALL(VM_SWAP_POINT, &q);
	point(&q);
	CALL(VM_GET_POINT, &q);
	point(&q);
	CALL(VM_TURN, turn);
	printf("%u %u %u\n", turn[0], turn[3], turn[6]);

	snprintf(path, sizeof(path), "/dev/vm_ioctl_boxed%s", suffix);
	fd = open(path, O_RDWR);
	table.place[1].z = 7;
	table.rows[0][0] = 1ULL << 40;
	table.rows[1][63] = 5;
	CALL(BOXED_CMD_CHECK, &table);
	printf("%llu\n", (unsigned long long)table.checksum);
	CALL(BOXED_CMD_KEEP, &table);
	memset(&table, 0, sizeof(table));
	CALL(BOXED_CMD_TAKE, &table);
	printf("%d %llu\n", table.place[1].z, (unsigned long long)table.checksum);
	CALL(BOXED_CMD_TAKE, &table);
	CALL(BOXED_CMD_FILL, full);
	printf("%u %u\n", full[0], full[16382]);
	return 0;
}
