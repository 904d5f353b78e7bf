// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/slab.h>

struct hid_device *kmod_hid_device(struct device *device)
{
	return device->bus == &hid_bus_type ? to_hid_device(device) : NULL;
}

void kmod_hid_id(const struct hid_device *hid, unsigned int *bus, unsigned int *vendor,
		 unsigned int *product, unsigned int *version)
{
	*bus = hid->bus;
	*vendor = hid->vendor;
	*product = hid->product;
	*version = hid->version;
}

/* Transports have DMA into and out of the buffer: it is never the caller's, which may be on the stack. */
static u8 *copy_of(const u8 *bytes, unsigned int size)
{
	u8 *copy;

	if (size < 1 || size > HID_MAX_BUFFER_SIZE)
		return ERR_PTR(-EINVAL);
	copy = kmemdup(bytes, size, GFP_KERNEL);
	return copy ?: ERR_PTR(-ENOMEM);
}

int kmod_hid_get_report(struct hid_device *hid, unsigned int kind, unsigned char *to,
			unsigned int size)
{
	u8 *buffer = copy_of(to, size);
	int done;

	if (IS_ERR(buffer))
		return PTR_ERR(buffer);
	done = hid_hw_raw_request(hid, buffer[0], buffer, size, kind, HID_REQ_GET_REPORT);
	if (done > 0) {
		done = min_t(unsigned int, done, size);
		memcpy(to, buffer, done);
	}
	kfree(buffer);
	return done;
}

int kmod_hid_set_report(struct hid_device *hid, unsigned int kind, const unsigned char *from,
			unsigned int size)
{
	u8 *buffer = copy_of(from, size);
	int done;

	if (IS_ERR(buffer))
		return PTR_ERR(buffer);
	done = hid_hw_raw_request(hid, buffer[0], buffer, size, kind, HID_REQ_SET_REPORT);
	kfree(buffer);
	return done;
}

int kmod_hid_output_report(struct hid_device *hid, const unsigned char *from, unsigned int size)
{
	u8 *buffer = copy_of(from, size);
	int done;

	if (IS_ERR(buffer))
		return PTR_ERR(buffer);
	done = hid_hw_output_report(hid, buffer, size);
	kfree(buffer);
	return done;
}
