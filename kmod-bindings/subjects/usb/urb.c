// SPDX-License-Identifier: GPL-2.0-only
#include "interface.h"

#include <linux/slab.h>

struct kmod_urb {
	struct kmod_usb *usb;
	struct urb *urb;
	struct list_head node;
	kmod_urb_completed *completed;
	void *data;
	atomic_t runs; /* 1 from when it is submitted until it has ended for good */
	bool anew; /* it ran when the device was suspended */
};

static int submit(struct kmod_urb *urb, gfp_t flags)
{
	int error = usb_submit_urb(urb->urb, flags);

	if (error)
		atomic_set(&urb->runs, 0);
	return error;
}

static void complete_urb(struct urb *done)
{
	struct kmod_urb *urb = done->context;
	struct device *device = &urb->usb->interface->dev;
	int error;

	switch (done->status) {
	case -ENOENT:
	case -ECONNRESET:
	case -ESHUTDOWN:
		/* It was ended, and nothing has come. */
		atomic_set(&urb->runs, 0);
		return;
	}
	if (!urb->completed(urb->data, done->status, done->transfer_buffer,
			    min(done->actual_length, done->transfer_buffer_length))) {
		atomic_set(&urb->runs, 0);
		return;
	}
	error = submit(urb, GFP_ATOMIC);
	switch (error) {
	case 0:
	case -EPERM:
	case -ENODEV:
	case -ENOENT:
	case -ESHUTDOWN:
	case -EHOSTUNREACH:
		/* Or it is being ended. */
		return;
	}
	dev_err_ratelimited(device, "an URB could not be submitted again: %d\n", error);
}

int kmod_urb_make(struct device *device, unsigned int kind, unsigned int address,
		  unsigned int size, kmod_urb_completed *completed, void *data,
		  struct kmod_urb **to)
{
	struct kmod_usb *usb = kmod_usb_of(device);
	struct kmod_urb *urb;
	unsigned int pipe;
	u8 interval;
	void *buffer;
	int error;

	if (!usb)
		return -ENODEV;
	error = kmod_usb_pipe(usb, kind, address, &pipe, &interval);
	if (error)
		return error;
	urb = kzalloc(sizeof(*urb), GFP_KERNEL);
	if (!urb)
		return -ENOMEM;
	urb->urb = usb_alloc_urb(0, GFP_KERNEL);
	buffer = kzalloc(max(size, 1U), GFP_KERNEL | __GFP_NOWARN);
	if (!urb->urb || !buffer) {
		kfree(buffer);
		usb_free_urb(urb->urb);
		kfree(urb);
		return -ENOMEM;
	}
	urb->usb = usb;
	urb->completed = completed;
	urb->data = data;
	if (kind == USB_ENDPOINT_XFER_BULK)
		usb_fill_bulk_urb(urb->urb, kmod_usb_device(usb), pipe, buffer, size,
				  complete_urb, urb);
	else
		usb_fill_int_urb(urb->urb, kmod_usb_device(usb), pipe, buffer, size, complete_urb,
				 urb, interval);
	urb->urb->transfer_flags |= URB_FREE_BUFFER;
	list_add_tail(&urb->node, &usb->urbs);
	*to = urb;
	return 0;
}

int kmod_urb_submit(struct kmod_urb *urb)
{
	/* One that is under way must not be submitted. */
	if (atomic_xchg(&urb->runs, 1))
		return -EBUSY;
	return kmod_usb_errno(urb->usb, submit(urb, GFP_ATOMIC));
}

void kmod_urb_kill(struct kmod_urb *urb)
{
	usb_kill_urb(urb->urb);
}

void kmod_urb_free(struct kmod_urb *urb)
{
	/* Nothing of it runs after that, and nothing will. */
	usb_poison_urb(urb->urb);
	list_del(&urb->node);
	usb_free_urb(urb->urb);
	kfree(urb);
}

void kmod_urbs_suspend(struct kmod_usb *usb)
{
	struct kmod_urb *urb;

	list_for_each_entry(urb, &usb->urbs, node) {
		urb->anew = atomic_read(&urb->runs);
		usb_kill_urb(urb->urb);
	}
}

void kmod_urbs_resume(struct kmod_usb *usb)
{
	struct kmod_urb *urb;
	int error;

	list_for_each_entry(urb, &usb->urbs, node) {
		if (!urb->anew)
			continue;
		urb->anew = false;
		error = kmod_urb_submit(urb);
		if (error && error != -EBUSY)
			dev_err(&usb->interface->dev, "an URB could not be submitted again: %d\n",
				error);
	}
}
