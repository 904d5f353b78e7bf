// SPDX-License-Identifier: GPL-2.0-only
#include "fs.h"

unsigned int kmod_file_minor(const struct file *file)
{
	return iminor(file_inode(file));
}
