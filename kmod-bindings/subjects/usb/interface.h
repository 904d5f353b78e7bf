/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_USB_INTERFACE_H
#define KMOD_USB_INTERFACE_H

#include "helpers.h"

struct kmod_usb {
	struct usb_interface *interface;
	struct usb_anchor transfers;
	struct list_head urbs; /* changed while the driver is bound or unbound only */
	bool is_idle; /* it was suspended for want of use, and not with the system */
};

int kmod_usb_bind(struct usb_interface *interface);

/*
 * The pipe of an endpoint that the interface has now: an address may come from another device. The USB core warns
 * of a pipe whose kind is not its endpoint's.
 */
int kmod_usb_pipe(const struct kmod_usb *usb, unsigned int kind, unsigned int address,
		  unsigned int *pipe, u8 *interval);

/* What an errno means to who is bound to the interface. */
int kmod_usb_errno(const struct kmod_usb *usb, int error);

/* The URBs of an interface are ended, and those that ran are begun anew. */
void kmod_urbs_suspend(struct kmod_usb *usb);
void kmod_urbs_resume(struct kmod_usb *usb);

static inline struct usb_device *kmod_usb_device(const struct kmod_usb *usb)
{
	return interface_to_usbdev(usb->interface);
}

#endif
