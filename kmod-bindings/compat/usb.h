/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_USB_H
#define KMOD_COMPAT_USB_H

#include <linux/usb.h>

/*
 * The driver core's part of a driver was drvwrap.driver, and is driver since 6.8, and where that was backported.
 * What the kernel goes back by from there is where it is.
 */
static inline struct device_driver *kmod_compat_usb_core(struct usb_driver *driver)
{
	struct device_driver *at = (struct device_driver *)driver;

	return (void *)at + ((void *)at - (void *)to_usb_driver(at));
}

#endif
