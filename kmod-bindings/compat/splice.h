/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_SPLICE_H
#define KMOD_COMPAT_SPLICE_H

#include <linux/fs.h>
#include <linux/splice.h>
#include <linux/version.h>

/* Since 6.5 splicing by way of read_iter has another name, and copies. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#define kmod_compat_copy_splice_read copy_splice_read
#else
#define kmod_compat_copy_splice_read generic_file_splice_read
#endif

#endif
