// SPDX-License-Identifier: GPL-2.0-only
#include "interface.h"

/* What is kept with the interface goes when its driver has been unbound, or could not be bound. */
static void release(struct device *device, void *usb)
{
}

int kmod_usb_bind(struct usb_interface *interface)
{
	struct kmod_usb *usb = devres_alloc(release, sizeof(*usb), GFP_KERNEL);

	if (!usb)
		return -ENOMEM;
	usb->interface = interface;
	init_usb_anchor(&usb->transfers);
	INIT_LIST_HEAD(&usb->urbs);
	devres_add(&interface->dev, usb);
	return 0;
}

struct kmod_usb *kmod_usb_of(struct device *device)
{
	return devres_find(device, release, NULL, NULL);
}

void kmod_usb_shut(struct kmod_usb *usb)
{
	usb_poison_anchored_urbs(&usb->transfers);
}

void kmod_usb_admit(struct device *device)
{
	struct kmod_usb *usb = kmod_usb_of(device);

	if (usb)
		usb_unpoison_anchored_urbs(&usb->transfers);
}

void kmod_usb_describe(const struct kmod_usb *usb, struct kmod_usb_descriptor *to)
{
	const struct usb_device_descriptor *device = &kmod_usb_device(usb)->descriptor;
	const struct usb_interface_descriptor *interface = &usb->interface->cur_altsetting->desc;

	*to = (struct kmod_usb_descriptor) {
		.vendor = le16_to_cpu(device->idVendor),
		.product = le16_to_cpu(device->idProduct),
		.version = le16_to_cpu(device->bcdDevice),
		.manufacturer_string = device->iManufacturer,
		.product_string = device->iProduct,
		.serial_string = device->iSerialNumber,
		.interface = interface->bInterfaceNumber,
		.class = interface->bInterfaceClass,
		.subclass = interface->bInterfaceSubClass,
		.protocol = interface->bInterfaceProtocol,
	};
}

int kmod_usb_find(const struct kmod_usb *usb, unsigned int kind, unsigned int direction,
		  unsigned int before, struct kmod_usb_endpoint *to)
{
	const struct usb_host_interface *all = usb->interface->cur_altsetting;
	int at;

	for (at = 0; at < all->desc.bNumEndpoints; at++) {
		const struct usb_endpoint_descriptor *found = &all->endpoint[at].desc;

		if (usb_endpoint_type(found) != kind ||
		    (found->bEndpointAddress & USB_ENDPOINT_DIR_MASK) != direction ||
		    !usb_endpoint_maxp(found))
			continue;
		if (before--)
			continue;
		to->address = found->bEndpointAddress;
		to->max_packet = usb_endpoint_maxp(found);
		to->interval = found->bInterval;
		return 0;
	}
	return -ENXIO;
}

void kmod_usb_lacks(const struct kmod_usb *usb, unsigned int kind, unsigned int direction,
		    unsigned int before)
{
	dev_err(&usb->interface->dev, "the device has no %s%s endpoint number %u\n",
		kind == USB_ENDPOINT_XFER_BULK ? "bulk" : "interrupt",
		direction == USB_DIR_IN ? "-in" : "-out", before);
}

int kmod_usb_string(struct kmod_usb *usb, unsigned int number, char *to, unsigned int size)
{
	return usb_string(kmod_usb_device(usb), number, to, size);
}
