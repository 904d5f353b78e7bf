// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/inode_times.h"

#include <linux/pagemap.h>

void kmod_fs_context_init(struct fs_context *fc, const struct fs_context_operations *ops)
{
	fc->ops = ops;
	fc->sb_flags |= SB_RDONLY;
}

void kmod_fs_context_keep_rdonly(struct fs_context *fc)
{
	fc->sb_flags |= SB_RDONLY;
}

void kmod_super_init(struct super_block *sb, unsigned long magic,
		     const struct super_operations *ops)
{
	sb->s_magic = magic;
	sb->s_op = ops;
	sb->s_maxbytes = MAX_LFS_FILESIZE;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_time_gran = 1;
}

int kmod_super_set_root(struct super_block *sb, struct inode *root)
{
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

struct inode *kmod_inode_new(struct super_block *sb, const struct kmod_inode_info *info)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = info->ino;
	inode->i_mode = info->mode;
	inode->i_private = (void *)info->private;
	inode->i_fop = info->fop;
	if (info->op)
		inode->i_op = info->op;
	set_nlink(inode, info->nlink);
	i_size_write(inode, info->size);
	kmod_compat_inode_init_ts(inode);
	return inode;
}

u64 kmod_inode_ino(const struct inode *inode)
{
	return inode->i_ino;
}

const void *kmod_inode_private(const struct inode *inode)
{
	return inode->i_private;
}

struct super_block *kmod_inode_sb(const struct inode *inode)
{
	return inode->i_sb;
}

struct inode *kmod_file_inode(const struct file *file)
{
	return file_inode(file);
}

const unsigned char *kmod_dentry_name(const struct dentry *dentry, size_t *len)
{
	*len = dentry->d_name.len;
	return dentry->d_name.name;
}

bool kmod_dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	return dir_emit_dots(file, ctx);
}

bool kmod_dir_emit(struct dir_context *ctx, const char *name, int len, u64 ino, unsigned int type)
{
	return dir_emit(ctx, name, len, ino, type);
}
