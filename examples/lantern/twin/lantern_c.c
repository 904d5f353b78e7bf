// SPDX-License-Identifier: GPL-2.0-only
/* A laptop's backlight by the methods of firmware, in C. */
#include <linux/acpi.h>
#include <linux/backlight.h>
#include <linux/idr.h>
#include <linux/input.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/version.h>

enum { BRIGHTER = 0x86, DARKER };

/* The levels stand behind two others. */
#define FIRST 2

struct display {
	acpi_handle handle;
	struct backlight_device *light;
	struct input_dev *keys;
	int index;
	u32 count;
	u8 levels[];
};

static DEFINE_IDA(indices);

static int errno_of(acpi_status status)
{
	switch (status) {
	case AE_OK:
		return 0;
	case AE_NOT_FOUND:
		return -ENOENT;
	case AE_NO_MEMORY:
		return -ENOMEM;
	case AE_BAD_DATA:
	/* More than a number. */
	case AE_BUFFER_OVERFLOW:
	case AE_TYPE:
	case AE_AML_OPERAND_TYPE:
		return -EPROTO;
	}
	return -EIO;
}

static int light_update(struct backlight_device *light)
{
	struct display *display = bl_get_data(light);
	int brightness = backlight_get_brightness(light), nearest = display->levels[0];
	u32 i;

	for (i = 1; i < display->count; i++)
		if (abs(display->levels[i] - brightness) < abs(nearest - brightness))
			nearest = display->levels[i];
	return errno_of(acpi_execute_simple_method(display->handle, "_BCM", nearest));
}

static int light_get(struct backlight_device *light)
{
	struct display *display = bl_get_data(light);
	unsigned long long percent;
	acpi_status status = acpi_evaluate_integer(display->handle, "_BQC", NULL, &percent);

	if (ACPI_FAILURE(status))
		return errno_of(status);
	return percent > 100 ? -EPROTO : percent;
}

static const struct backlight_ops light_ops = {
	.update_status = light_update,
	.get_brightness = light_get,
};

static void display_notified(acpi_handle handle, u32 event, void *context)
{
	struct display *display = context;
	unsigned int key;

	switch (event) {
	case BRIGHTER:
		key = KEY_BRIGHTNESSUP;
		break;
	case DARKER:
		key = KEY_BRIGHTNESSDOWN;
		break;
	default:
		pr_info("lantern_c: no key has the number %#x\n", event);
		return;
	}
	input_report_key(display->keys, key, 1);
	input_sync(display->keys);
	input_report_key(display->keys, key, 0);
	input_sync(display->keys);
}

/* The display with its levels. */
static struct display *display_of(struct device *device)
{
	struct acpi_buffer out = { ACPI_ALLOCATE_BUFFER, NULL };
	acpi_handle handle = ACPI_HANDLE(device);
	int error = errno_of(acpi_evaluate_object(handle, "_BCL", NULL, &out));
	struct display *display = NULL;
	union acpi_object *levels = out.pointer, *level;
	u32 i;

	if (error)
		return ERR_PTR(error);
	error = -EPROTO;
	if (!levels || levels->type != ACPI_TYPE_PACKAGE)
		goto out;
	if (levels->package.count <= FIRST) {
		dev_info(device, "firmware has no levels\n");
		error = -ENODEV;
		goto out;
	}
	error = -ENOMEM;
	display = kzalloc(struct_size(display, levels, levels->package.count - FIRST), GFP_KERNEL);
	if (!display)
		goto out;
	display->handle = handle;
	error = 0;
	for (i = FIRST; i < levels->package.count; i++) {
		level = &levels->package.elements[i];
		if (level->type != ACPI_TYPE_INTEGER || level->integer.value > 255)
			error = -EPROTO;
		else
			display->levels[display->count++] = level->integer.value;
	}
	dev_info(device, "%u levels\n", display->count);
out:
	kfree(levels);
	if (!error)
		return display;
	kfree(display);
	return ERR_PTR(error);
}

static int display_probe(struct platform_device *device)
{
	struct backlight_properties properties = {
		.type = BACKLIGHT_FIRMWARE,
		.max_brightness = 100,
		.brightness = 100,
	};
	struct display *display = display_of(&device->dev);
	char name[16];
	int error;

	if (IS_ERR(display))
		return PTR_ERR(display);
	display->index = ida_alloc(&indices, GFP_KERNEL);
	if (display->index < 0) {
		error = display->index;
		goto free;
	}
	snprintf(name, sizeof(name), "lantern_c%d", display->index);
	display->light = backlight_device_register(name, &device->dev, display, &light_ops,
						   &properties);
	if (IS_ERR(display->light)) {
		error = PTR_ERR(display->light);
		goto index;
	}
	error = -ENOMEM;
	display->keys = input_allocate_device();
	if (!display->keys)
		goto light;
	display->keys->name = "Lantern keys";
	display->keys->id.bustype = BUS_HOST;
	display->keys->dev.parent = &device->dev;
	input_set_capability(display->keys, EV_KEY, KEY_BRIGHTNESSUP);
	input_set_capability(display->keys, EV_KEY, KEY_BRIGHTNESSDOWN);
	error = input_register_device(display->keys);
	if (error) {
		input_free_device(display->keys);
		goto light;
	}
	error = errno_of(acpi_install_notify_handler(display->handle, ACPI_ALL_NOTIFY,
						     display_notified, display));
	if (error)
		goto keys;
	platform_set_drvdata(device, display);
	return 0;
keys:
	input_unregister_device(display->keys);
light:
	backlight_device_unregister(display->light);
index:
	ida_free(&indices, display->index);
free:
	kfree(display);
	return error;
}

static void display_gone(struct platform_device *device)
{
	struct display *display = platform_get_drvdata(device);

	acpi_remove_notify_handler(display->handle, ACPI_ALL_NOTIFY, display_notified);
	input_unregister_device(display->keys);
	backlight_device_unregister(display->light);
	ida_free(&indices, display->index);
	kfree(display);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static int display_remove(struct platform_device *device)
{
	display_gone(device);
	return 0;
}
#else
static void display_remove(struct platform_device *device)
{
	display_gone(device);
}
#endif

static const struct acpi_device_id display_ids[] = {
	{ "KMOD0B19" },
	{}
};
MODULE_DEVICE_TABLE(acpi, display_ids);

static struct platform_driver display_driver = {
	.driver = {
		.name = "lantern_c",
		.acpi_match_table = display_ids,
	},
	.probe = display_probe,
	.remove = display_remove,
};
module_platform_driver(display_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives a backlight by the methods of firmware, in C");
