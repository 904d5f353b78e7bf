// SPDX-License-Identifier: GPL-2.0-only
#include <linux/magic.h>
#include <linux/namei.h>

#include "helpers.h"

bool kmod_proc_exists(const char *path)
{
	struct path found;
	bool in_proc;

	if (kern_path(path, 0, &found))
		return false;
	in_proc = found.dentry->d_sb->s_magic == PROC_SUPER_MAGIC;
	path_put(&found);
	return in_proc;
}
