// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

int kmod_acpi_notify_install(void *handle, void (*handler)(void *, u32, void *), void *data)
{
	acpi_status status = acpi_install_notify_handler(handle, ACPI_ALL_NOTIFY, handler, data);

	switch (status) {
	case AE_OK:
		return 0;
	case AE_NO_MEMORY:
		return -ENOMEM;
	case AE_ALREADY_EXISTS:
		return -EEXIST;
	}
	return -ENODEV;
}

void kmod_acpi_notify_remove(void *handle, void (*handler)(void *, u32, void *))
{
	acpi_remove_notify_handler(handle, ACPI_ALL_NOTIFY, handler);
	/* Those that have been queued before. */
	acpi_os_wait_events_complete();
}
