// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>

/*
 * What is read and written may be made by the module itself, in a handler that reads or writes in turn. That ends
 * while there is stack enough for a last call.
 */
static bool is_deep(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	return here - (unsigned long)task_stack_page(current) < THREAD_SIZE / 2;
}

struct file *kmod_kernel_file_open(const char *path, int flags, unsigned int mode)
{
	struct file *file;

	if (!current->fs || current->flags & PF_EXITING)
		return ERR_PTR(-ESRCH);
	if (is_deep())
		return ERR_PTR(-ELOOP);
	file = filp_open(path, flags | O_LARGEFILE | O_NOCTTY, mode);
	/* It would hold the module for ever. */
	if (!IS_ERR(file) && file->f_op->owner == THIS_MODULE) {
		filp_close(file, NULL);
		return ERR_PTR(-ELOOP);
	}
	return file;
}

void kmod_kernel_file_close(struct file *file)
{
	filp_close(file, NULL);
}

ssize_t kmod_kernel_file_read(struct file *file, void *to, size_t len, s64 pos)
{
	loff_t at = pos;

	/* The kernel warns. */
	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	return is_deep() ? -ELOOP : kernel_read(file, to, len, &at);
}

ssize_t kmod_kernel_file_write(struct file *file, const void *from, size_t len, s64 pos)
{
	loff_t at = pos;

	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	return is_deep() ? -ELOOP : kernel_write(file, from, len, &at);
}

int kmod_kernel_file_sync(struct file *file)
{
	return is_deep() ? -ELOOP : vfs_fsync(file, 0);
}
