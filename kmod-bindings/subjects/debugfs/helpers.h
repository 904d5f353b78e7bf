/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_DEBUGFS_H
#define KMOD_DEBUGFS_H

#include <linux/debugfs.h>
#include <linux/fs.h>

/*
 * debugfs_create_file(), which is a macro since 6.15: its calls are guarded by the kernel. stat(2) says that the
 * file has "size" bytes.
 */
struct dentry *kmod_debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
					void *data, const struct file_operations *fops, loff_t size);

/* The "data" of the file that is being opened. */
void *kmod_debugfs_data(const struct inode *inode);

#endif
