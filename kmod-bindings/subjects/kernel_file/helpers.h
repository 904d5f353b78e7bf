/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_KERNEL_FILE_H
#define KMOD_KERNEL_FILE_H

#include <linux/fcntl.h>
#include <linux/types.h>

struct file;

/*
 * Opens a path as the running task would; an error as a pointer: -ESRCH in one that is ending and has no folders
 * any more, -ELOOP for a file of the module's own, or where half of the stack is in use.
 */
struct file *kmod_kernel_file_open(const char *path, int flags, unsigned int mode);
void kmod_kernel_file_close(struct file *file);

/* How many bytes were moved, or an error: -EBADF if it is not open for that, -ELOOP as above. */
ssize_t kmod_kernel_file_read(struct file *file, void *to, size_t len, s64 pos);
ssize_t kmod_kernel_file_write(struct file *file, const void *from, size_t len, s64 pos);
int kmod_kernel_file_sync(struct file *file);

#endif
