// SPDX-License-Identifier: GPL-2.0-only
/* The ring, the memory and the deaf device of vm_waits, in C. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#define SIZE 64

static char data[SIZE];
static size_t start, len;
static DEFINE_MUTEX(lock);
static DECLARE_WAIT_QUEUE_HEAD(readable);
static DECLARE_WAIT_QUEUE_HEAD(writable);

static ssize_t ring_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	size_t n;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (!len) {
		mutex_unlock(&lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(readable, len))
			return -ERESTARTSYS;
		mutex_lock(&lock);
	}
	n = min3(count, len, SIZE - start);
	if (copy_to_user(buf, data + start, n)) {
		mutex_unlock(&lock);
		return -EFAULT;
	}
	start = (start + n) % SIZE;
	len -= n;
	mutex_unlock(&lock);
	wake_up_poll(&writable, EPOLLOUT | EPOLLWRNORM);
	return n;
}

static ssize_t ring_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	size_t end, n;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (len == SIZE) {
		mutex_unlock(&lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(writable, len < SIZE))
			return -ERESTARTSYS;
		mutex_lock(&lock);
	}
	end = (start + len) % SIZE;
	n = min3(count, SIZE - len, SIZE - end);
	if (copy_from_user(data + end, buf, n)) {
		mutex_unlock(&lock);
		return -EFAULT;
	}
	len += n;
	mutex_unlock(&lock);
	wake_up_poll(&readable, EPOLLIN | EPOLLRDNORM);
	return n;
}

static __poll_t ring_poll(struct file *file, poll_table *table)
{
	__poll_t events = 0;

	poll_wait(file, &readable, table);
	poll_wait(file, &writable, table);
	mutex_lock(&lock);
	if (len)
		events |= EPOLLIN | EPOLLRDNORM;
	if (len < SIZE)
		events |= EPOLLOUT | EPOLLWRNORM;
	mutex_unlock(&lock);
	return events;
}

static const struct file_operations ring_fops = {
	.owner = THIS_MODULE,
	.read = ring_read,
	.write = ring_write,
	.poll = ring_poll,
};

static void *memory;

static void forbid(struct vm_area_struct *vma, unsigned long flags)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_clear(vma, flags);
#else
	vma->vm_flags &= ~flags;
#endif
}

static int mem_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	forbid(vma, VM_MAYEXEC);
	return remap_vmalloc_range(vma, memory, vma->vm_pgoff);
}

static int ro_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & (VM_EXEC | VM_WRITE))
		return -EPERM;
	forbid(vma, VM_MAYEXEC | VM_MAYWRITE);
	return remap_vmalloc_range(vma, memory, vma->vm_pgoff);
}

static ssize_t nothing(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return 0;
}

static const struct file_operations mem_fops = {
	.owner = THIS_MODULE,
	.mmap = mem_mmap,
};

static const struct file_operations ro_fops = {
	.owner = THIS_MODULE,
	.mmap = ro_mmap,
};

static const struct file_operations deaf_fops = {
	.owner = THIS_MODULE,
	.read = nothing,
};

static struct miscdevice devices[] = {
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_waits_c_ring", .fops = &ring_fops },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_waits_c_mem", .fops = &mem_fops },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_waits_c_ro", .fops = &ro_fops },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_waits_c_deaf", .fops = &deaf_fops },
};

static int __init vm_waits_c_init(void)
{
	int i, ret;

	memory = vmalloc_user(4 * PAGE_SIZE);
	if (!memory)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		ret = misc_register(&devices[i]);
		if (ret)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		misc_deregister(&devices[i]);
	vfree(memory);
	return ret;
}

static void __exit vm_waits_c_exit(void)
{
	int i = ARRAY_SIZE(devices);

	while (i--)
		misc_deregister(&devices[i]);
	vfree(memory);
}

module_init(vm_waits_c_init);
module_exit(vm_waits_c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Waits, polls and mappings");
