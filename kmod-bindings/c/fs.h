/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_FS_H
#define KMOD_FS_H

#include <linux/fs.h>

/* The minor number of an open character device. */
unsigned int kmod_file_minor(const struct file *file);

#endif
