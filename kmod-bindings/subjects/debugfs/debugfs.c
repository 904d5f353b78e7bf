// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

struct dentry *kmod_debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
					void *data, const struct file_operations *fops)
{
	return debugfs_create_file(name, mode, parent, data, fops);
}

void *kmod_debugfs_data(const struct inode *inode)
{
	return inode->i_private;
}
