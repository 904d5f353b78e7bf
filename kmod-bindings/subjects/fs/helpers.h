/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_FS_H
#define KMOD_FS_H

#include <linux/fs.h>

/* Which of its device's minors an open character device is, from 0 on. */
unsigned int kmod_file_minor(const struct file *file);

/* The flag of a call that must not sleep, whatever its file's flags say. */
static const int KMOD_IOCB_NOWAIT = IOCB_NOWAIT;

/* What of f_mode is of open(2)'s. */
static const unsigned int KMOD_FMODE_READ = (__force unsigned int)FMODE_READ;
static const unsigned int KMOD_FMODE_WRITE = (__force unsigned int)FMODE_WRITE;

/* Says that the file's read_iter and write_iter heed IOCB_NOWAIT. */
void kmod_file_set_nowait(struct file *file);

/* The kernel's splice_read by way of read_iter. */
ssize_t kmod_copy_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
			      size_t len, unsigned int flags);

#endif
