/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MEMINFO_SYS_H
#define MEMINFO_SYS_H

#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/oom.h>

/* How many pages hold what was read from, or is to be written to, files. */
unsigned long meminfo_sys_file_pages(void);

#endif
