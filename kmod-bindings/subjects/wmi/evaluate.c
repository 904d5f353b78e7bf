// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../acpi/helpers.h"

#include <linux/string.h>

/*
 * There is none on old kernels, which only set blocks by their GUID. No macro tells of it; where there is no such
 * symbol, its address is NULL.
 */
acpi_status wmidev_block_set(struct wmi_device *wmi, u8 instance, const struct acpi_buffer *in) __weak;

/* Its address, in memory: it must not come from a GOT, which modules have not. */
static acpi_status (*const volatile block_set)(struct wmi_device *, u8,
					       const struct acpi_buffer *) = wmidev_block_set;

struct wmi_device *kmod_wmi_device(struct device *device)
{
	/* The bus itself is not exported; there is one of this name. */
	if (!device->bus || strcmp(device->bus->name, "wmi"))
		return NULL;
	return container_of(device, struct wmi_device, dev);
}

int kmod_wmi_evaluate(struct wmi_device *wmi, const char *guid, unsigned char instance,
		      unsigned int method, const void *in, unsigned int length,
		      union acpi_object **result)
{
	const struct acpi_buffer from = { length, (void *)in };
	struct acpi_buffer buffer = { ACPI_ALLOCATE_BUFFER, NULL };
	struct acpi_buffer *to = result ? &buffer : NULL;
	acpi_status status = wmi ? wmidev_evaluate_method(wmi, instance, method, &from, to) :
				   wmi_evaluate_method(guid, instance, method, &from, to);

	return kmod_acpi_taken(status, buffer.pointer, result);
}

int kmod_wmi_query(struct wmi_device *wmi, const char *guid, unsigned char instance,
		   union acpi_object **result)
{
	struct acpi_buffer buffer = { ACPI_ALLOCATE_BUFFER, NULL };
	acpi_status status;

	if (wmi) {
		*result = wmidev_block_query(wmi, instance);
		return *result ? 0 : -EIO;
	}
	status = wmi_query_block(guid, instance, &buffer);
	return kmod_acpi_taken(status, buffer.pointer, result);
}

int kmod_wmi_set(struct wmi_device *wmi, const char *guid, unsigned char instance, const void *in,
		 unsigned int length)
{
	acpi_status (*set)(struct wmi_device *, u8, const struct acpi_buffer *) = block_set;
	const struct acpi_buffer from = { length, (void *)in };
	char own[UUID_STRING_LEN + 1];
	acpi_status status;

	if (wmi && set) {
		status = set(wmi, instance, &from);
	} else {
		if (wmi) {
			/* Its name begins with it there. */
			strscpy(own, dev_name(&wmi->dev), sizeof(own));
			guid = own;
		}
		status = wmi_set_block(guid, instance, &from);
	}
	return kmod_acpi_taken(status, NULL, NULL);
}

bool kmod_wmi_has(const char *guid)
{
	return wmi_has_guid(guid);
}
