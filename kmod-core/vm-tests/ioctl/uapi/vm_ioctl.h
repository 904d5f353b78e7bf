/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* Made of the module's source by `cargo kmod uapi`. */
#ifndef _VM_IOCTL_H
#define _VM_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Three numbers: no word holds them. */
struct vm_point {
	__s32 x;
	__s32 y;
	/*
	 * Height.
	 *
	 * A number like the others.
	 */
	__s32 z;
};

/* Too large for the stack. */
struct vm_table {
	/* Where it is. */
	struct vm_point place[2];
	__u64 rows[2][64];
	__u64 checksum;
};

/* Commands of /dev/vm_ioctl_boxed. */

/* The table comes with its checksum. */
#define BOXED_CMD_CHECK _IOWR(0xc7, 0x00, struct vm_table)

/* Keeps a table. */
#define BOXED_CMD_KEEP _IOW(0xc7, 0x01, struct vm_table)

/* Gives the table back, or ENODATA. */
#define BOXED_CMD_TAKE _IOR(0xc7, 0x02, struct vm_table)

/* As many bytes as a command can carry. */
#define BOXED_CMD_FILL _IOR(0xc7, 0x03, __u8[16383])

/* Commands of /dev/vm_ioctl. */

/* All numbers are 0 again. */
#define VM_RESET _IO('k', 0x00)

/*
 * Adds to a counter, of which it returns 31 bits.
 * The argument is a number, an unsigned long.
 * ioctl() returns a number, an int.
 */
#define VM_ADD _IO('k', 0x01)

/* A byte. */
#define VM_GET_BYTE _IOR('k', 0x02, __u8)

#define VM_GET_SHORT _IOR('k', 0x03, __s16)

#define VM_GET_INT _IOR('k', 0x04, __u32)

#define VM_GET_LONG _IOR('k', 0x05, __u64)

#define VM_GET_POINT _IOR('k', 0x06, struct vm_point)

#define VM_SET_BYTE _IOW('k', 0x02, __u8)

#define VM_SET_SHORT _IOW('k', 0x03, __s16)

#define VM_SET_INT _IOW('k', 0x04, __u32)

#define VM_SET_LONG _IOW('k', 0x05, __u64)

#define VM_SET_POINT _IOW('k', 0x06, struct vm_point)

/* EDOM if `x` is negative. */
#define VM_SWAP_POINT _IOWR('k', 0x07, struct vm_point)

/* Turns seven bytes round. */
#define VM_TURN _IOWR('k', 0xff, __u8[7])

/*
 * Returns x + y + z, if that is a number from 0 to 2^31 - 1.
 * ioctl() returns a number, an int.
 */
#define VM_SUM _IOW('k', 0x09, struct vm_point)

#endif /* _VM_IOCTL_H */
