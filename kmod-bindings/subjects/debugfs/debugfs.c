// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

struct dentry *kmod_debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
					void *data, const struct file_operations *fops, loff_t size)
{
	struct dentry *entry = debugfs_create_file(name, mode, parent, data, fops);

	/* debugfs_create_file_size() does the same, and does not say what went wrong. */
	if (size && !IS_ERR_OR_NULL(entry))
		i_size_write(d_inode(entry), size);
	return entry;
}

void *kmod_debugfs_data(const struct inode *inode)
{
	return inode->i_private;
}
