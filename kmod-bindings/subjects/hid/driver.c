// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/hid.h"

#include <linux/module.h>

static struct kmod_hid_driver *driver_of(const struct hid_device *hid)
{
	return container_of(hid->driver, struct kmod_hid_driver, driver);
}

static const u8 *fixed(struct hid_device *hid, u8 *bytes, unsigned int *size)
{
	const struct hid_device_id *id = hid_match_device(hid, hid->driver);

	if (!id)
		return bytes;
	return driver_of(hid)->hid->report_fixup(id->driver_data, bytes, size);
}

/* The kernel copies what it is given, and changes nothing of it. */
static u8 *__maybe_unused fixup_changing(struct hid_device *hid, u8 *bytes, unsigned int *size)
{
	return (u8 *)fixed(hid, bytes, size);
}

static const u8 *__maybe_unused fixup_constant(struct hid_device *hid, u8 *bytes,
					       unsigned int *size)
{
	return fixed(hid, bytes, size);
}

static int raw_event(struct hid_device *hid, struct hid_report *report, u8 *bytes, int size)
{
	return driver_of(hid)->hid->raw_event(&hid->dev, report->type, report->id, bytes, size);
}

static struct kmod_hid_usage usage_of(const struct hid_field *field, const struct hid_usage *usage)
{
	return (struct kmod_hid_usage) {
		.usage = usage->hid,
		.application = field->application,
		.report = field->report->id,
	};
}

static int event(struct hid_device *hid, struct hid_field *field, struct hid_usage *usage,
		 __s32 value)
{
	struct kmod_hid_usage of = usage_of(field, usage);

	return driver_of(hid)->hid->event(&hid->dev, &of, value);
}

static int input_mapping(struct hid_device *hid, struct hid_input *input, struct hid_field *field,
			 struct hid_usage *usage, unsigned long **bit, int *max)
{
	struct kmod_hid_usage of = usage_of(field, usage);
	struct kmod_hid_mapping mapping = {};

	driver_of(hid)->hid->input_mapping(&hid->dev, &of, &mapping);
	if (mapping.ignored)
		return -1;
	if (!mapping.type)
		return 0;
	hid_map_usage(input, usage, bit, max, mapping.type, mapping.code);
	return 1;
}

/* The first of its input devices has the motors, before anybody sees it. */
static int input_configured(struct hid_device *hid, struct hid_input *input)
{
	const struct kmod_hid_calls *calls = driver_of(hid)->hid;
	struct input_dev *device = input->input;
	const struct hid_input *other;
	unsigned int i;

	list_for_each_entry(other, &hid->inputs, list)
		if (other->input->ff)
			return 0;
	/* One that has nothing to report is not registered. */
	if (!test_bit(EV_KEY, device->evbit) && !test_bit(EV_ABS, device->evbit) &&
	    !test_bit(EV_REL, device->evbit))
		return 0;
	for (i = 0; i < calls->force_feedback_count; i++)
		input_set_capability(device, EV_FF, calls->force_feedback[i]);
	return calls->memless(device);
}

static int probe(struct hid_device *hid, const struct hid_device_id *id)
{
	struct kmod_driver_calls *calls = driver_of(hid)->calls;
	int error = hid_parse(hid);

	if (error)
		return error;
	/* The device can be asked from here on; nobody reads it yet. */
	error = hid_hw_start(hid, 0);
	if (error)
		return error;
	error = calls->probe(&hid->dev, calls, id->driver_data);
	if (error)
		hid_hw_stop(hid);
	return error;
}

static void remove(struct hid_device *hid)
{
	struct kmod_driver_calls *calls = driver_of(hid)->calls;

	calls->remove(&hid->dev, calls);
	hid_hw_stop(hid);
}

int kmod_hid_connect(struct device *device, void *data)
{
	struct hid_device *hid = to_hid_device(device);
	const struct kmod_hid_calls *calls = driver_of(hid)->hid;
	int error;

	hid_set_drvdata(hid, data);
	error = hid_connect(hid, calls->connect);
	if (error)
		goto forget;
	if (!calls->open)
		return 0;
	error = hid_hw_open(hid);
	if (!error)
		return 0;
	hid_disconnect(hid);
forget:
	hid_set_drvdata(hid, NULL);
	return error;
}

void kmod_hid_disconnect(struct device *device)
{
	struct hid_device *hid = to_hid_device(device);

	if (driver_of(hid)->hid->open)
		hid_hw_close(hid);
	hid_disconnect(hid);
	hid_set_drvdata(hid, NULL);
}

int kmod_hid_driver_register(struct kmod_hid_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct hid_device_id *ids)
{
	const struct kmod_hid_calls *hid = driver->hid;

	ida_init(&calls->indices);
	driver->calls = calls;
	memset(&driver->driver, 0, sizeof(driver->driver));
	driver->driver.name = (char *)name;
	driver->driver.id_table = ids;
	driver->driver.probe = probe;
	driver->driver.remove = remove;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.driver.shutdown = calls->shutdown;
	if (hid->report_fixup)
		driver->driver.report_fixup =
			kmod_compat_hid_report_fixup(fixup_changing, fixup_constant);
	if (hid->raw_event)
		driver->driver.raw_event = raw_event;
	if (hid->event)
		driver->driver.event = event;
	if (hid->input_mapping)
		driver->driver.input_mapping = input_mapping;
	if (hid->memless)
		driver->driver.input_configured = input_configured;
	return hid_register_driver(&driver->driver);
}

void kmod_hid_driver_unregister(struct kmod_hid_driver *driver)
{
	hid_unregister_driver(&driver->driver);
	ida_destroy(&driver->calls->indices);
}
