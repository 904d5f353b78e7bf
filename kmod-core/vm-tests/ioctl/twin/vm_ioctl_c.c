// SPDX-License-Identifier: GPL-2.0-only
/* The commands of vm_ioctl, in C. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct vm_point {
	__s32 x;
	__s32 y;
	__s32 z;
};

struct vm_table {
	struct vm_point place[2];
	__u64 rows[2][64];
	__u64 checksum;
};

#define VM_RESET _IO('k', 0)
#define VM_ADD _IO('k', 1)
#define VM_GET_BYTE _IOR('k', 2, __u8)
#define VM_GET_SHORT _IOR('k', 3, __s16)
#define VM_GET_INT _IOR('k', 4, __u32)
#define VM_GET_LONG _IOR('k', 5, __u64)
#define VM_GET_POINT _IOR('k', 6, struct vm_point)
#define VM_SET_BYTE _IOW('k', 2, __u8)
#define VM_SET_SHORT _IOW('k', 3, __s16)
#define VM_SET_INT _IOW('k', 4, __u32)
#define VM_SET_LONG _IOW('k', 5, __u64)
#define VM_SET_POINT _IOW('k', 6, struct vm_point)
#define VM_SWAP_POINT _IOWR('k', 7, struct vm_point)
#define VM_TURN _IOWR('k', 0xff, __u8[7])
#define VM_SUM _IOW('k', 9, struct vm_point)

#define BOXED_CHECK _IOWR(0xc7, 0, struct vm_table)
#define BOXED_KEEP _IOW(0xc7, 1, struct vm_table)
#define BOXED_TAKE _IOR(0xc7, 2, struct vm_table)
#define BOXED_FILL _IOR(0xc7, 3, __u8[16383])

static DEFINE_MUTEX(lock);
static struct {
	u64 counter;
	u8 byte;
	s16 short_;
	u32 int_;
	u64 long_;
	struct vm_point point;
} numbers;
static struct vm_table *kept;

static long with_lock(unsigned int cmd, unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	struct vm_point point, old;
	u8 byte, bytes[7], turned[7];
	s16 short_;
	u32 int_;
	u64 long_;
	s64 sum;
	int i;

	switch (cmd) {
	case VM_RESET:
		memset(&numbers, 0, sizeof(numbers));
		return 0;
	case VM_ADD:
		numbers.counter += arg;
		return numbers.counter & 0x7fffffff;
	case VM_GET_BYTE:
		return put_user(numbers.byte, (u8 __user *)argp);
	case VM_GET_SHORT:
		return put_user(numbers.short_, (s16 __user *)argp);
	case VM_GET_INT:
		return put_user(numbers.int_, (u32 __user *)argp);
	case VM_GET_LONG:
		return put_user(numbers.long_, (u64 __user *)argp);
	case VM_GET_POINT:
		return copy_to_user(argp, &numbers.point, sizeof(point)) ? -EFAULT : 0;
	case VM_SET_BYTE:
		if (get_user(byte, (u8 __user *)argp))
			return -EFAULT;
		numbers.byte = byte;
		return 0;
	case VM_SET_SHORT:
		if (get_user(short_, (s16 __user *)argp))
			return -EFAULT;
		numbers.short_ = short_;
		return 0;
	case VM_SET_INT:
		if (get_user(int_, (u32 __user *)argp))
			return -EFAULT;
		numbers.int_ = int_;
		return 0;
	case VM_SET_LONG:
		if (get_user(long_, (u64 __user *)argp))
			return -EFAULT;
		numbers.long_ = long_;
		return 0;
	case VM_SET_POINT:
		if (copy_from_user(&point, argp, sizeof(point)))
			return -EFAULT;
		numbers.point = point;
		return 0;
	case VM_SWAP_POINT:
		if (copy_from_user(&point, argp, sizeof(point)))
			return -EFAULT;
		if (point.x < 0)
			return -EDOM;
		old = numbers.point;
		numbers.point = point;
		return copy_to_user(argp, &old, sizeof(old)) ? -EFAULT : 0;
	case VM_TURN:
		if (copy_from_user(bytes, argp, sizeof(bytes)))
			return -EFAULT;
		for (i = 0; i < 7; i++)
			turned[i] = bytes[6 - i];
		return copy_to_user(argp, turned, sizeof(turned)) ? -EFAULT : 0;
	case VM_SUM:
		if (copy_from_user(&point, argp, sizeof(point)))
			return -EFAULT;
		sum = (s64)point.x + point.y + point.z;
		return sum < 0 || sum > INT_MAX ? -EOVERFLOW : sum;
	default:
		return -ENOTTY;
	}
}

static long vm_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long ret;

	mutex_lock(&lock);
	ret = with_lock(cmd, arg);
	mutex_unlock(&lock);
	return ret;
}

static long vm_boxed_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	struct vm_table *table;
	void *bytes;
	long ret = 0;
	int i;

	switch (cmd) {
	case BOXED_CHECK:
		table = memdup_user(argp, sizeof(*table));
		if (IS_ERR(table))
			return PTR_ERR(table);
		table->checksum = 0;
		for (i = 0; i < 128; i++)
			table->checksum += table->rows[i / 64][i % 64];
		if (copy_to_user(argp, table, sizeof(*table)))
			ret = -EFAULT;
		kfree(table);
		return ret;
	case BOXED_KEEP:
		table = memdup_user(argp, sizeof(*table));
		if (IS_ERR(table))
			return PTR_ERR(table);
		mutex_lock(&lock);
		swap(table, kept);
		mutex_unlock(&lock);
		kfree(table);
		return 0;
	case BOXED_TAKE:
		table = NULL;
		mutex_lock(&lock);
		swap(table, kept);
		mutex_unlock(&lock);
		if (!table)
			return -ENODATA;
		if (copy_to_user(argp, table, sizeof(*table)))
			ret = -EFAULT;
		kfree(table);
		return ret;
	case BOXED_FILL:
		bytes = kmalloc(16383, GFP_KERNEL);
		if (!bytes)
			return -ENOMEM;
		memset(bytes, 0x5a, 16383);
		if (copy_to_user(argp, bytes, 16383))
			ret = -EFAULT;
		kfree(bytes);
		return ret;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations vm_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = vm_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static const struct file_operations vm_boxed_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = vm_boxed_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static const struct file_operations vm_none_ops = {
	.owner = THIS_MODULE,
};

static struct miscdevice devices[] = {
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_ioctl_c", .fops = &vm_ops, .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_ioctl_boxed_c", .fops = &vm_boxed_ops,
	  .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "vm_ioctl_none_c", .fops = &vm_none_ops,
	  .mode = 0666 },
};

static int __init vm_ioctl_c_init(void)
{
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		ret = misc_register(&devices[i]);
		if (ret) {
			while (i--)
				misc_deregister(&devices[i]);
			return ret;
		}
	}
	return 0;
}

static void __exit vm_ioctl_c_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(devices); i++)
		misc_deregister(&devices[i]);
	kfree(kept);
}

module_init(vm_ioctl_c_init);
module_exit(vm_ioctl_c_exit);

MODULE_DESCRIPTION("Ioctls for the tests, in C");
MODULE_LICENSE("GPL");
