// SPDX-License-Identifier: GPL-2.0-only
#include "interface.h"

#include <linux/slab.h>

static void done(struct urb *urb)
{
	complete(urb->context);
}

int kmod_usb_errno(const struct kmod_usb *usb, int error)
{
	switch (error) {
	case -ENOENT: /* the endpoint is off, or somebody else has ended the transfer */
	case -EPERM: /* transfers are shut out */
		return -ENODEV;
	case -ESHUTDOWN: /* that, or the device was suspended meanwhile */
		if (usb->interface->condition == USB_INTERFACE_UNBINDING ||
		    kmod_usb_device(usb)->state == USB_STATE_NOTATTACHED)
			return -ENODEV;
	}
	return error;
}

/*
 * Begins a transfer, waits for its end, and frees it. The kernel's own usb_control_msg() and usb_bulk_msg() do
 * that, too, but nobody can end what waits in them.
 */
static int run(struct kmod_usb *usb, struct urb *urb, unsigned long timeout)
{
	DECLARE_COMPLETION_ONSTACK(over);
	int error;

	urb->complete = done;
	urb->context = &over;
	usb_anchor_urb(urb, &usb->transfers);
	error = usb_submit_urb(urb, GFP_NOIO);
	if (error) {
		usb_unanchor_urb(urb);
		error = kmod_usb_errno(usb, error);
	} else if (wait_for_completion_timeout(&over, timeout)) {
		error = kmod_usb_errno(usb, urb->status);
		/* The anchor is looked at until that returns. */
		usb_kill_urb(urb);
	} else {
		usb_kill_urb(urb);
		error = urb->status == -ENOENT ? -ETIMEDOUT : kmod_usb_errno(usb, urb->status);
	}
	if (!error)
		error = min(urb->actual_length, urb->transfer_buffer_length);
	usb_free_urb(urb);
	return error;
}

/* Host controllers have DMA into and out of buffers: none is ever the caller's, which may be on the stack. */
static void *buffer_of(const void *from, unsigned int size)
{
	/* At least a byte, so that it is an address. */
	void *buffer = kzalloc(max(size, 1U), GFP_NOIO | __GFP_NOWARN);

	if (buffer && from)
		memcpy(buffer, from, size);
	return buffer;
}

static int control(struct kmod_usb *usb, const struct kmod_usb_request *request, u8 direction,
		   void *buffer, u16 size, unsigned long timeout)
{
	struct usb_device *device = kmod_usb_device(usb);
	struct usb_ctrlrequest *setup = kmalloc(sizeof(*setup), GFP_NOIO);
	struct urb *urb = usb_alloc_urb(0, GFP_NOIO);
	/* What has no bytes goes out, whatever it says. */
	bool in = direction == USB_DIR_IN && size;
	int result = -ENOMEM;

	if (!setup || !urb) {
		usb_free_urb(urb);
		goto free;
	}
	setup->bRequestType = request->type | direction;
	setup->bRequest = request->request;
	setup->wValue = cpu_to_le16(request->value);
	setup->wIndex = cpu_to_le16(request->index);
	setup->wLength = cpu_to_le16(size);
	usb_fill_control_urb(urb, device,
			     in ? usb_rcvctrlpipe(device, 0) : usb_sndctrlpipe(device, 0),
			     (u8 *)setup, buffer, size, NULL, NULL);
	result = run(usb, urb, timeout);
free:
	kfree(setup);
	return result;
}

int kmod_usb_control_in(struct kmod_usb *usb, const struct kmod_usb_request *request,
			unsigned char *to, unsigned short size, unsigned long timeout)
{
	u8 *buffer = buffer_of(NULL, size);
	int result;

	if (!buffer)
		return -ENOMEM;
	result = control(usb, request, USB_DIR_IN, buffer, size, timeout);
	if (result > 0)
		memcpy(to, buffer, result);
	kfree(buffer);
	return result;
}

int kmod_usb_control_out(struct kmod_usb *usb, const struct kmod_usb_request *request,
			 const unsigned char *from, unsigned short size, unsigned long timeout)
{
	u8 *buffer = buffer_of(from, size);
	int result;

	if (!buffer)
		return -ENOMEM;
	result = control(usb, request, USB_DIR_OUT, buffer, size, timeout);
	kfree(buffer);
	return result;
}

int kmod_usb_pipe(const struct kmod_usb *usb, unsigned int kind, unsigned int address,
		  unsigned int *pipe, u8 *interval)
{
	const struct usb_host_interface *all = usb->interface->cur_altsetting;
	struct usb_device *device = kmod_usb_device(usb);
	int at;

	for (at = 0; at < all->desc.bNumEndpoints; at++) {
		const struct usb_endpoint_descriptor *found = &all->endpoint[at].desc;

		if (found->bEndpointAddress != address || usb_endpoint_type(found) != kind)
			continue;
		*interval = found->bInterval;
		if (kind == USB_ENDPOINT_XFER_BULK)
			*pipe = address & USB_DIR_IN ? usb_rcvbulkpipe(device, address)
						     : usb_sndbulkpipe(device, address);
		else
			*pipe = address & USB_DIR_IN ? usb_rcvintpipe(device, address)
						     : usb_sndintpipe(device, address);
		return 0;
	}
	return -ENXIO;
}

static int transfer(struct kmod_usb *usb, unsigned int kind, unsigned int address, void *buffer,
		    unsigned int size, unsigned long timeout)
{
	struct usb_device *device = kmod_usb_device(usb);
	unsigned int pipe;
	struct urb *urb;
	u8 interval;
	int error = kmod_usb_pipe(usb, kind, address, &pipe, &interval);

	if (error)
		return error;
	urb = usb_alloc_urb(0, GFP_NOIO);
	if (!urb)
		return -ENOMEM;
	if (kind == USB_ENDPOINT_XFER_BULK)
		usb_fill_bulk_urb(urb, device, pipe, buffer, size, NULL, NULL);
	else
		usb_fill_int_urb(urb, device, pipe, buffer, size, NULL, NULL, interval);
	return run(usb, urb, timeout);
}

int kmod_usb_read(struct kmod_usb *usb, unsigned int kind, unsigned int address,
		  unsigned char *to, unsigned int size, unsigned long timeout)
{
	u8 *buffer = buffer_of(NULL, size);
	int result;

	if (!buffer)
		return -ENOMEM;
	result = transfer(usb, kind, address, buffer, size, timeout);
	if (result > 0)
		memcpy(to, buffer, result);
	kfree(buffer);
	return result;
}

int kmod_usb_write(struct kmod_usb *usb, unsigned int kind, unsigned int address,
		   const unsigned char *from, unsigned int size, unsigned long timeout)
{
	u8 *buffer = buffer_of(from, size);
	int result;

	if (!buffer)
		return -ENOMEM;
	result = transfer(usb, kind, address, buffer, size, timeout);
	kfree(buffer);
	return result;
}

int kmod_usb_clear_halt(struct kmod_usb *usb, unsigned int kind, unsigned int address)
{
	unsigned int pipe;
	u8 interval;
	int error = kmod_usb_pipe(usb, kind, address, &pipe, &interval);

	return error ?: kmod_usb_errno(usb, usb_clear_halt(kmod_usb_device(usb), pipe));
}
