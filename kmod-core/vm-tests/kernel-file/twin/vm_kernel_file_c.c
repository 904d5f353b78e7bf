// SPDX-License-Identifier: GPL-2.0-only
/* Reads and writes files for who asks for it, in C. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#define MOST 100000

static DEFINE_MUTEX(lock);
static char *kept;
static size_t length;

static int read_all(struct file *from)
{
	loff_t pos = 0;
	ssize_t n;

	mutex_lock(&lock);
	length = 0;
	do {
		n = kernel_read(from, kept + length, MOST + 1 - length, &pos);
		if (n > 0)
			length += n;
	} while (n > 0 && length <= MOST);
	if (length > MOST)
		n = -EFBIG;
	mutex_unlock(&lock);
	return n;
}

static int write_all(struct file *to, const char *text, size_t len, loff_t pos)
{
	ssize_t n;

	while (len) {
		n = kernel_write(to, text, len, &pos);
		if (n < 0)
			return n;
		if (!n)
			return -EIO;
		text += n;
		len -= n;
	}
	return 0;
}

static int open_and(int (*then)(struct file *file, const char *text, size_t len, loff_t pos),
		    const char *path, int flags, umode_t mode, const char *text, loff_t pos)
{
	struct file *file = filp_open(path, flags | O_LARGEFILE, mode);
	int ret;

	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = then ? then(file, text, strlen(text), pos) : read_all(file);
	if (!ret && pos)
		ret = vfs_fsync(file, 0);
	filp_close(file, NULL);
	return ret;
}

static ssize_t desk_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	char *request, *rest, *what, *path;
	int ret = -EINVAL;

	if (len > 4096)
		return -EINVAL;
	request = memdup_user_nul(buf, len);
	if (IS_ERR(request))
		return PTR_ERR(request);
	rest = request;
	what = strsep(&rest, " ");
	path = strsep(&rest, " ");
	if (!path)
		goto out;
	if (!rest)
		rest = "";
	if (!strcmp(what, "read"))
		ret = open_and(NULL, path, O_RDONLY, 0, rest, 0);
	else if (!strcmp(what, "create"))
		ret = open_and(write_all, path, O_WRONLY | O_CREAT | O_TRUNC, 0640, rest, 0);
	else if (!strcmp(what, "new"))
		ret = open_and(write_all, path, O_WRONLY | O_CREAT | O_EXCL, 0666, rest, 0);
	else if (!strcmp(what, "append"))
		ret = open_and(write_all, path, O_WRONLY | O_CREAT | O_APPEND, 0600, rest, 0);
	else if (!strcmp(what, "update"))
		ret = open_and(write_all, path, O_RDWR, 0, rest, 2);
out:
	kfree(request);
	return ret ? ret : len;
}

static ssize_t desk_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t n;

	mutex_lock(&lock);
	n = simple_read_from_buffer(buf, len, pos, kept, length);
	mutex_unlock(&lock);
	return n;
}

static const struct file_operations desk_fops = {
	.owner = THIS_MODULE,
	.read = desk_read,
	.write = desk_write,
	.llseek = noop_llseek,
};

static struct miscdevice desk = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0666,
	.fops = &desk_fops,
};

static int __init twin_init(void)
{
	int ret;

	kept = vmalloc(MOST + 1);
	if (!kept)
		return -ENOMEM;
	ret = misc_register(&desk);
	if (ret)
		vfree(kept);
	return ret;
}

static void __exit twin_exit(void)
{
	misc_deregister(&desk);
	vfree(kept);
}

module_init(twin_init);
module_exit(twin_exit);
MODULE_DESCRIPTION("Reads and writes files");
MODULE_LICENSE("GPL");
