// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/splice.h"

#include <linux/cdev.h>
#include <linux/major.h>
#include <linux/splice.h>

unsigned int kmod_file_minor(const struct file *file)
{
	const struct inode *inode = file_inode(file);

	/* A misc device has one, and its cdev is that of all of them. */
	if (imajor(inode) == MISC_MAJOR)
		return 0;
	return iminor(inode) - MINOR(inode->i_cdev->dev);
}

void kmod_file_set_nowait(struct file *file)
{
	file->f_mode |= FMODE_NOWAIT;
}

ssize_t kmod_copy_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
			      size_t len, unsigned int flags)
{
	return kmod_compat_copy_splice_read(in, ppos, pipe, len, flags);
}
