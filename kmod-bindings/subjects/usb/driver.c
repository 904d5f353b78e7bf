// SPDX-License-Identifier: GPL-2.0-only
#include "interface.h"
#include "../../compat/usb.h"

#include <linux/module.h>

static struct kmod_driver_calls *calls_of(struct usb_interface *interface)
{
	struct usb_driver *driver = to_usb_driver(interface->dev.driver);

	return container_of(driver, struct kmod_usb_driver, driver)->calls;
}

static int probe(struct usb_interface *interface, const struct usb_device_id *id)
{
	struct kmod_driver_calls *calls = calls_of(interface);
	int error = kmod_usb_bind(interface);

	if (error)
		return error;
	return calls->probe(&interface->dev, calls, id->driver_info);
}

static void disconnect(struct usb_interface *interface)
{
	struct kmod_driver_calls *calls = calls_of(interface);

	calls->remove(&interface->dev, calls);
}

static int suspend(struct usb_interface *interface, pm_message_t message)
{
	struct kmod_driver_calls *calls = calls_of(interface);
	struct kmod_usb *usb = kmod_usb_of(&interface->dev);
	int (*call)(struct device *);
	int error;

	if (!usb)
		return 0;
	usb->is_idle = PMSG_IS_AUTO(message);
	call = usb->is_idle ? calls->runtime_suspend : calls->suspend;
	error = call ? call(&interface->dev) : 0;
	if (!error)
		kmod_urbs_suspend(usb);
	return error;
}

static int resume(struct usb_interface *interface)
{
	struct kmod_driver_calls *calls = calls_of(interface);
	struct kmod_usb *usb = kmod_usb_of(&interface->dev);
	int (*call)(struct device *);
	int error;

	if (!usb)
		return 0;
	call = usb->is_idle ? calls->runtime_resume : calls->resume;
	error = call ? call(&interface->dev) : 0;
	if (!error)
		kmod_urbs_resume(usb);
	return error;
}

int kmod_usb_driver_register(struct kmod_usb_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct usb_device_id *ids)
{
	int error;

	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->driver.name = name;
	driver->driver.id_table = ids;
	driver->driver.probe = probe;
	driver->driver.disconnect = disconnect;
	driver->driver.supports_autosuspend = calls->runtime_suspend || calls->runtime_resume;
	if (driver->driver.supports_autosuspend || calls->suspend || calls->resume) {
		driver->driver.suspend = suspend;
		driver->driver.resume = resume;
		driver->driver.reset_resume = resume;
	}
	error = usb_register(&driver->driver);
	/* Since 6.12 the USB core has set it, to call a member that older kernels lack. */
	if (!error)
		kmod_compat_usb_core(&driver->driver)->shutdown = calls->shutdown;
	return error;
}

void kmod_usb_driver_unregister(struct kmod_usb_driver *driver)
{
	usb_deregister(&driver->driver);
	ida_destroy(&driver->calls->indices);
}
