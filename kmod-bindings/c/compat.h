/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where kernels differ: each difference is probed for in the headers, and has one name here.
 */
#ifndef KMOD_COMPAT_H
#define KMOD_COMPAT_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <linux/version.h>

/* class_create(owner, name) was a macro; since 6.4 class_create(name) is a function. */
#ifdef class_create
#define kmod_compat_class_create(name) class_create(THIS_MODULE, name)
#else
#define kmod_compat_class_create(name) class_create(name)
#endif

/* Since 6.2 the device that class->devnode gets is const: picks the function that fits. */
#define kmod_compat_devnode(plain, constant)					\
	_Generic(((struct class *)NULL)->devnode,				\
		 char *(*)(struct device *, umode_t *): plain,			\
		 char *(*)(const struct device *, umode_t *): constant)

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

/*
 * Since 6.3 a mapping's flags are behind functions, which are inline, so the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define kmod_compat_vm_flags_clear(vma, flags) vm_flags_clear(vma, flags)
#else
#define kmod_compat_vm_flags_clear(vma, flags) ((vma)->vm_flags &= ~(flags))
#endif

/*
 * register_sysctl(path, table) was a function that takes a table with an end; since 6.6 it is a
 * macro over one that takes a size, and since 6.11 an end is an error.
 */
#ifdef register_sysctl
#define kmod_compat_register_sysctl(path, table) register_sysctl_sz(path, table, 1)
#else
#define kmod_compat_register_sysctl(path, table) register_sysctl(path, table)
#endif

/* Since 6.11 the table that a proc_handler gets is const: picks the function that fits. */
#define kmod_compat_proc_handler(plain, constant)				\
	_Generic((proc_handler *)NULL,						\
		 int (*)(struct ctl_table *, int, void *, size_t *, loff_t *): plain, \
		 int (*)(const struct ctl_table *, int, void *, size_t *, loff_t *): constant)

/* Since 6.5 splicing by way of read_iter has another name, and copies. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#define kmod_compat_copy_splice_read copy_splice_read
#else
#define kmod_compat_copy_splice_read generic_file_splice_read
#endif

/*
 * What copy_to_user() and copy_from_user() come to for a constant size. Since 6.12 an architecture
 * that has them inline keeps them under another name.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0) && defined(INLINE_COPY_TO_USER)
#define kmod_compat_copy_to_user_known(to, from, n) _inline_copy_to_user(to, from, n)
#else
#define kmod_compat_copy_to_user_known(to, from, n) _copy_to_user(to, from, n)
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0) && defined(INLINE_COPY_FROM_USER)
#define kmod_compat_copy_from_user_known(to, from, n) _inline_copy_from_user(to, from, n)
#else
#define kmod_compat_copy_from_user_known(to, from, n) _copy_from_user(to, from, n)
#endif

#endif
