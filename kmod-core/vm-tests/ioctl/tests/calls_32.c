// SPDX-License-Identifier: GPL-2.0-only
/*
 * A 32-bit process without a C library: every command of the header, with its own types. Says what
 * each returned and gave, one number a line.
 */
#include "vm_ioctl.h"

static long call(long nr, long a, long b, long c)
{
#ifdef __arm__
	register long r7 __asm__("r7") = nr;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;

	__asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2) : "memory");
	return r0;
#else
	long ret;

	__asm__ volatile("int $0x80" : "=a"(ret) : "a"(nr), "b"(a), "c"(b), "d"(c) : "memory");
	return ret;
#endif
}

#define EXIT 1
#define WRITE 4
#define OPEN 5
#define IOCTL 54
#define O_RDWR 2

/* In hexadecimal: there is no libgcc to divide 64 bits by. */
static void say(long long number)
{
	char text[17], *at = text + sizeof(text);
	unsigned long long rest = number;

	*--at = '\n';
	do {
		*--at = "0123456789abcdef"[rest & 15];
		rest >>= 4;
	} while (rest && at > text);
	call(WRITE, 1, (long)at, text + sizeof(text) - at);
}

static long fd;

static void run(unsigned long command, const void *argument)
{
	say(call(IOCTL, fd, command, (long)argument));
}

/* The stack is as the kernel leaves it: the number of arguments, their addresses. */
__attribute__((used)) static void start(long *stack)
{
	static struct vm_table table;
	static __u8 full[16383];
	static struct vm_point p = { .x = 1, .y = 2, .z = 3 };
	static struct vm_point q = { .x = -1 };
	static __u8 byte = 200, turn[7] = { 1, 2, 3, 4, 5, 6, 7 };
	static __s16 number = -30000;
	static __u32 word = 4000000000U;
	static __u64 wide = 1ULL << 62;
	int twin = stack[0] > 1;

	fd = call(OPEN, (long)(twin ? "/dev/vm_ioctl_c" : "/dev/vm_ioctl"), O_RDWR, 0);
	run(VM_RESET, 0);
	run(VM_ADD, (void *)5);
	run(VM_ADD, (void *)-1);
	run(VM_SET_BYTE, &byte);
	run(VM_SET_SHORT, &number);
	run(VM_SET_INT, &word);
	run(VM_SET_LONG, &wide);
	run(VM_SET_POINT, &p);
	run(VM_SUM, &p);
	run(VM_SUM, &q);
	byte = 0, number = 0, word = 0, wide = 0;
	run(VM_GET_BYTE, &byte);
	say(byte);
	run(VM_GET_SHORT, &number);
	say(number);
	run(VM_GET_INT, &word);
	say(word);
	run(VM_GET_LONG, &wide);
	say(wide);
	run(VM_SWAP_POINT, &q);
	say(q.x);
	q.x = 9;
	run(VM_SWAP_POINT, &q);
	say(q.z);
	run(VM_GET_POINT, &q);
	say(q.x);
	run(VM_TURN, turn);
	say(turn[0]);
	run(VM_GET_POINT, (void *)0);
	run(VM_SET_POINT, (void *)-4096);
	run(VM_GET_POINT + 1, &q);

	fd = call(OPEN, (long)(twin ? "/dev/vm_ioctl_boxed_c" : "/dev/vm_ioctl_boxed"), O_RDWR, 0);
	table.place[1].z = 7;
	table.rows[0][0] = 1ULL << 40;
	table.rows[1][63] = 5;
	run(BOXED_CMD_CHECK, &table);
	say(table.checksum);
	run(BOXED_CMD_KEEP, &table);
	table.checksum = 0;
	run(BOXED_CMD_TAKE, &table);
	say(table.checksum);
	run(BOXED_CMD_TAKE, &table);
	run(BOXED_CMD_FILL, full);
	say(full[16382]);
	call(EXIT, 0, 0, 0);
}

#ifdef __arm__
__asm__(".globl _start\n_start:\n\tmov r0, sp\n\tbic sp, sp, #7\n\tbl start\n");
#else
__asm__(".globl _start\n_start:\n\tmov %esp, %eax\n\tand $-16, %esp\n\tpush %eax\n\tpush %eax\n"
	"\tpush %eax\n\tpush %eax\n\tcall start\n");
#endif
