// SPDX-License-Identifier: GPL-2.0-only
/* The driver of firmware's blocks in C. */
#include <linux/acpi.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/wmi.h>
#if __has_include(<linux/hex.h>)
#include <linux/hex.h>
#endif

#define DEPTH 6

static char answer[193];
static int length;
static struct wmi_device *blocks[6];
static struct miscdevice nodes[6];
static char told[193];
static DECLARE_COMPLETION(came);

static void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	length += vscnprintf(answer + length, sizeof(answer) - length, format, args);
	va_end(args);
}

static void dump(const union acpi_object *object, int depth)
{
	u32 i;

	switch (object->type) {
	case ACPI_TYPE_INTEGER:
		say("%llx ", object->integer.value);
		break;
	case ACPI_TYPE_STRING:
		say("'%*phN' ", object->string.length, object->string.pointer);
		break;
	case ACPI_TYPE_BUFFER:
		say("<%*phN> ", object->buffer.length, object->buffer.pointer);
		break;
	case ACPI_TYPE_PACKAGE:
		if (depth == DEPTH) {
			say("... ");
			break;
		}
		say("[ ");
		for (i = 0; i < object->package.count; i++)
			dump(&object->package.elements[i], depth + 1);
		say("] ");
		break;
	default:
		say("?%u ", object->type);
	}
}

static int errno_of(acpi_status status)
{
	switch (status) {
	case AE_OK:
		return 0;
	case AE_NOT_FOUND:
		return -ENOENT;
	case AE_BAD_PARAMETER:
		return -EINVAL;
	}
	return -EIO;
}

static int evaluate(struct wmi_device *wmi, u8 instance, u32 method, const struct acpi_buffer *in,
		    bool wanted)
{
	struct acpi_buffer out = { ACPI_ALLOCATE_BUFFER, NULL };
	acpi_status status =
		wmidev_evaluate_method(wmi, instance, method, in, wanted ? &out : NULL);

	if (ACPI_SUCCESS(status) && wanted)
		dump(out.pointer, 0);
	kfree(out.pointer);
	return errno_of(status);
}

/* What has at least so many bytes: as new kernels do that; on others the test says what is right. */
static int typed(struct wmi_device *wmi, u8 instance, u32 method, const struct acpi_buffer *in,
		 size_t size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 1, 0)
	const struct wmi_buffer from = { in->length, in->pointer };
	struct wmi_buffer to;
	int error = wmidev_invoke_method(wmi, instance, method, &from, &to, size);

	if (error)
		return error;
	say("%*phN", (int)size, to.data);
	kfree(to.data);
	return 0;
#else
	return -EOPNOTSUPP;
#endif
}

static int controller(const char *text)
{
	unsigned int number = 0, other = 0;
	char command[16], digits[33] = {};
	u8 given[16] = {}, answered[16] = {};
	int error;

	sscanf(text, "%15s %i %i %32s", command, &number, &other, digits);
	if (hex2bin(given, digits, strlen(digits) / 2))
		return -EINVAL;
	if (!strcmp(command, "read")) {
		error = ec_read(number, answered);
		other = 1;
	} else if (!strcmp(command, "write")) {
		error = ec_write(number, other);
		other = 0;
	} else {
		error = ec_transaction(number, given, strlen(digits) / 2, answered, other);
	}
	if (!error)
		say("%*phN", other, answered);
	return error;
}

static int query(struct wmi_device *wmi, u8 instance)
{
	union acpi_object *object = wmidev_block_query(wmi, instance);

	if (!object)
		return -EIO;
	dump(object, 0);
	kfree(object);
	return 0;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t bytes, loff_t *pos)
{
	struct miscdevice *node = file->private_data;
	struct wmi_device *wmi = blocks[node - nodes];
	unsigned int instance = 0, method = 0;
	char text[64] = {}, command[16], digits[33] = {};
	u8 given[16] = {};
	struct acpi_buffer in = { sizeof(given), given };
	int error;

	if (bytes >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, bytes))
		return -EFAULT;
	length = 0;
	if (!strncmp(text, "ec ", 3)) {
		error = controller(text + 3);
		return error ?: bytes;
	}
	sscanf(text, "%15s %u %u %32s", command, &instance, &method, digits);
	if (hex2bin(given, digits, strlen(digits) / 2))
		return -EINVAL;
	length = 0;
	if (!strcmp(command, "evaluate")) {
		in.length = strlen(digits) / 2;
		error = evaluate(wmi, instance, method, &in, true);
	} else if (!strcmp(command, "procedure")) {
		error = evaluate(wmi, instance, method, &in, false);
	} else if (!strcmp(command, "two")) {
		error = typed(wmi, instance, method, &in, 2);
	} else if (!strcmp(command, "four")) {
		error = typed(wmi, instance, method, &in, 4);
	} else if (!strcmp(command, "sixteen")) {
		error = typed(wmi, instance, method, &in, 16);
	} else if (!strcmp(command, "query")) {
		error = query(wmi, instance);
	} else if (!strcmp(command, "set")) {
		char guid[UUID_STRING_LEN + 1];

		strscpy(guid, dev_name(&wmi->dev), sizeof(guid));
		error = errno_of(wmi_set_block(guid, instance, &in));
	} else if (!strcmp(command, "ready")) {
		reinit_completion(&came);
		error = 0;
	} else if (!strcmp(command, "wait")) {
		error = wait_for_completion_interruptible(&came);
		say("%s", told);
	} else {
		error = -ENOTTY;
	}
	return error ?: bytes;
}

static ssize_t c_read(struct file *file, char __user *to, size_t bytes, loff_t *pos)
{
	return simple_read_from_buffer(to, bytes, pos, answer, length);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static void c_notify(struct wmi_device *wmi, union acpi_object *object)
{
	length = 0;
	if (object)
		dump(object, 0);
	else
		say("nothing ");
	strscpy(told, answer, sizeof(told));
	length = 0;
	complete(&came);
}

static int c_probe(struct wmi_device *wmi, const void *context)
{
	int i, error;

	for (i = 0; blocks[i]; i++)
		;
	nodes[i].minor = MISC_DYNAMIC_MINOR;
	nodes[i].name = devm_kasprintf(&wmi->dev, GFP_KERNEL, "vm_wmi_c%d", i);
	nodes[i].fops = &c_fops;
	nodes[i].mode = 0666;
	error = misc_register(&nodes[i]);
	if (!error)
		blocks[i] = wmi;
	return error;
}

static void c_gone(struct wmi_device *wmi)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(blocks); i++) {
		if (blocks[i] != wmi)
			continue;
		misc_deregister(&nodes[i]);
		blocks[i] = NULL;
	}
}

static int __maybe_unused c_remove(struct wmi_device *wmi)
{
	c_gone(wmi);
	return 0;
}

static void __maybe_unused c_remove_with_nothing(struct wmi_device *wmi)
{
	c_gone(wmi);
}

static const struct wmi_device_id ids[] = {
	{ "7A1B3C5D-0001-4E0F-8A9B-112233445566" },
	{ "7A1B3C5D-0002-4E0F-8A9B-112233445566" },
	{ "7A1B3C5D-0003-4E0F-8A9B-112233445566" },
	{ "7A1B3C5D-0004-4E0F-8A9B-112233445566" },
	{ "7A1B3C5D-0005-4E0F-8A9B-112233445566" },
	{ "7A1B3C5D-0006-4E0F-8A9B-112233445566" },
	{}
};
MODULE_DEVICE_TABLE(wmi, ids);

static struct wmi_driver c_driver = {
	.driver = { .name = "vm_wmi_c" },
	.id_table = ids,
	.probe = c_probe,
	.remove = _Generic(((struct wmi_driver *)NULL)->remove,
			   int (*)(struct wmi_device *): c_remove,
			   void (*)(struct wmi_device *): c_remove_with_nothing),
	.notify = c_notify,
};

module_wmi_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A driver of firmware's blocks, in C");
