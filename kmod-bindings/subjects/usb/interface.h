/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_USB_INTERFACE_H
#define KMOD_USB_INTERFACE_H

#include "helpers.h"

struct kmod_usb {
	struct usb_interface *interface;
	struct usb_anchor transfers;
	bool is_idle; /* it was suspended for want of use, and not with the system */
};

int kmod_usb_bind(struct usb_interface *interface);

static inline struct usb_device *kmod_usb_device(const struct kmod_usb *usb)
{
	return interface_to_usbdev(usb->interface);
}

#endif
