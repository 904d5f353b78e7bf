/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_FILESYSTEM_H
#define KMOD_FILESYSTEM_H

#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/seq_file.h>

/* Gives a new context its operations; what it mounts is read-only. */
void kmod_fs_context_init(struct fs_context *fc, const struct fs_context_operations *ops);

/* Has a mount make, or a remount keep, the superblock read-only, whatever its options said. */
void kmod_fs_context_keep_rdonly(struct fs_context *fc);

void kmod_super_init(struct super_block *sb, unsigned long magic,
		     const struct super_operations *ops);

/* Makes the root's dentry; consumes the inode, which may be NULL (-ENOMEM). */
int kmod_super_set_root(struct super_block *sb, struct inode *root);

/* What a new inode is. Without "op" it has none. */
struct kmod_inode_info {
	u64 ino;
	loff_t size;
	umode_t mode;
	unsigned int nlink;
	const struct inode_operations *op;
	const struct file_operations *fop;
	const void *private;
};

/* A new inode of root's, or NULL. */
struct inode *kmod_inode_new(struct super_block *sb, const struct kmod_inode_info *info);

/* The fields of an inode that kmod_inode_new() was given. */
u64 kmod_inode_ino(const struct inode *inode);
const void *kmod_inode_private(const struct inode *inode);
struct super_block *kmod_inode_sb(const struct inode *inode);

struct inode *kmod_file_inode(const struct file *file);

const unsigned char *kmod_dentry_name(const struct dentry *dentry, size_t *len);

bool kmod_dir_emit_dots(struct file *file, struct dir_context *ctx);
bool kmod_dir_emit(struct dir_context *ctx, const char *name, int len, u64 ino, unsigned int type);

#endif
