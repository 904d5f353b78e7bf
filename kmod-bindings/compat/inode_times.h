/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_INODE_TIMES_H
#define KMOD_COMPAT_INODE_TIMES_H

#include <linux/fs.h>
#include <linux/version.h>

/*
 * Since 6.7 an inode's times are behind functions. These are inline, so the preprocessor cannot
 * see them: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define kmod_compat_inode_init_ts(inode) simple_inode_init_ts(inode)
#else
#define kmod_compat_inode_init_ts(inode)					\
	((inode)->i_atime = (inode)->i_mtime = (inode)->i_ctime = current_time(inode))
#endif

#endif
