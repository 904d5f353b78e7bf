/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PROC_H
#define KMOD_PROC_H

#include <linux/proc_fs.h>
#include <linux/seq_file.h>

/* Whether there is something in procfs at this path, for the running task. */
bool kmod_proc_exists(const char *path);

#endif
