// SPDX-License-Identifier: GPL-2.0-only
/* The driver of firmware's device in C: its ids, and what its objects are evaluated to. */
#include <linux/acpi.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>

#define DEPTH 6

static acpi_handle firmware;
static u32 event;
static DECLARE_COMPLETION(came);
static char answer[193];
static int length;

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

static int evaluate(char *name, struct acpi_object_list *list, bool wanted)
{
	struct acpi_buffer buffer = { ACPI_ALLOCATE_BUFFER, NULL };
	acpi_status status =
		acpi_evaluate_object(firmware, name, list, wanted ? &buffer : NULL);

	if (status == AE_NOT_FOUND)
		return -ENOENT;
	if (ACPI_FAILURE(status))
		return -EIO;
	if (wanted && !buffer.pointer)
		return -ENODATA;
	if (wanted)
		dump(buffer.pointer, 0);
	ACPI_FREE(buffer.pointer);
	return 0;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t bytes, loff_t *pos)
{
	union acpi_object arguments[ACPI_METHOD_NUM_ARGS];
	struct acpi_object_list list = { 0, arguments };
	char text[64] = {}, name[32], word[40] = {};
	union acpi_object one = {};
	int error, i;

	if (bytes >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, bytes))
		return -EFAULT;
	if (sscanf(text + 1, "%31s %39s %u", name, word, &list.count) == 2)
		list.count = 1;
	switch (word[0]) {
	case 'i':
		one.type = ACPI_TYPE_INTEGER;
		if (kstrtou64(word + 1, 0, &one.integer.value))
			return -EINVAL;
		break;
	case 's':
		one.type = ACPI_TYPE_STRING;
		one.string.pointer = word + 1;
		one.string.length = strlen(word + 1);
		break;
	case 'b':
		one.type = ACPI_TYPE_BUFFER;
		one.buffer.pointer = (u8 *)word + 1;
		one.buffer.length = strlen(word + 1);
		break;
	}
	for (i = 0; i < ACPI_METHOD_NUM_ARGS; i++)
		arguments[i] = one;
	length = 0;
	switch (text[0]) {
	case '=':
		error = evaluate(name, &list, true);
		break;
	case '!':
		error = evaluate(name, &list, false);
		break;
	case '?':
		say(acpi_has_method(firmware, name) ? "true" : "false");
		error = 0;
		break;
	case '~':
		reinit_completion(&came);
		error = evaluate(name, &list, false);
		if (!error)
			error = wait_for_completion_interruptible(&came);
		say("%x", event);
		break;
	default:
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

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_firmware_c_acpi0",
	.fops = &c_fops,
	.mode = 0666,
};

static void notified(acpi_handle handle, u32 value, void *data)
{
	event = value;
	complete(&came);
}

static int c_probe(struct platform_device *device)
{
	/* The first one alone has a node. */
	if (firmware)
		return 0;
	firmware = ACPI_HANDLE(&device->dev);
	if (ACPI_FAILURE(acpi_install_notify_handler(firmware, ACPI_ALL_NOTIFY, notified, NULL)))
		return -ENODEV;
	return misc_register(&node);
}

static int c_remove(struct platform_device *device)
{
	if (firmware != ACPI_HANDLE(&device->dev))
		return 0;
	misc_deregister(&node);
	acpi_remove_notify_handler(firmware, ACPI_ALL_NOTIFY, notified);
	firmware = NULL;
	return 0;
}

static void __maybe_unused c_remove_with_nothing(struct platform_device *device)
{
	c_remove(device);
}

static const struct acpi_device_id ids[] = {
	{ "KMOD0001", 0 },
	{ "KMOD0002", 1 },
	{}
};
MODULE_DEVICE_TABLE(acpi, ids);

static struct platform_driver c_driver = {
	.driver = { .name = "vm_firmware_c_acpi", .acpi_match_table = ids },
	.probe = c_probe,
	.remove = _Generic(((struct platform_driver *)NULL)->remove,
			   int (*)(struct platform_device *): c_remove,
			   void (*)(struct platform_device *): c_remove_with_nothing),
};

module_platform_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A driver for what ACPI tells of, in C");
