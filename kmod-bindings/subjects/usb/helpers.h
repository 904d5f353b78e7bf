/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_USB_H
#define KMOD_USB_H

#include <linux/usb.h>

#include "../driver/helpers.h"

/* Which fields of an id count. */
static const unsigned int KMOD_USB_MATCH_VENDOR = USB_DEVICE_ID_MATCH_VENDOR;
static const unsigned int KMOD_USB_MATCH_PRODUCT = USB_DEVICE_ID_MATCH_PRODUCT;
static const unsigned int KMOD_USB_MATCH_CLASS = USB_DEVICE_ID_MATCH_INT_CLASS;
static const unsigned int KMOD_USB_MATCH_SUBCLASS = USB_DEVICE_ID_MATCH_INT_SUBCLASS;
static const unsigned int KMOD_USB_MATCH_PROTOCOL = USB_DEVICE_ID_MATCH_INT_PROTOCOL;
static const unsigned int KMOD_USB_MATCH_NUMBER = USB_DEVICE_ID_MATCH_INT_NUMBER;

/* Kinds of endpoints, which way they go, and kinds of requests. */
static const unsigned int KMOD_USB_BULK = USB_ENDPOINT_XFER_BULK;
static const unsigned int KMOD_USB_INTERRUPT = USB_ENDPOINT_XFER_INT;
static const unsigned int KMOD_USB_IN = USB_DIR_IN;
static const unsigned int KMOD_USB_OUT = USB_DIR_OUT;
static const unsigned int KMOD_USB_STANDARD = USB_TYPE_STANDARD;
static const unsigned int KMOD_USB_CLASS = USB_TYPE_CLASS;
static const unsigned int KMOD_USB_VENDOR = USB_TYPE_VENDOR;

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_usb_driver {
	struct usb_driver driver;
	struct kmod_driver_calls *calls;
};

int kmod_usb_driver_register(struct kmod_usb_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct usb_device_id *ids);
void kmod_usb_driver_unregister(struct kmod_usb_driver *driver);

/* An interface that a driver of this module is bound to: from before its probe() until after its remove(). */
struct kmod_usb;

/* Or NULL, if none is. */
struct kmod_usb *kmod_usb_of(struct device *device);

/* Transfers are over, and none is begun, until they are let in again. The first may sleep. */
void kmod_usb_shut(struct kmod_usb *usb);
void kmod_usb_admit(struct device *device);

struct kmod_usb_descriptor {
	unsigned short vendor;
	unsigned short product;
	unsigned short version;
	unsigned char manufacturer_string;
	unsigned char product_string;
	unsigned char serial_string;
	unsigned char interface;
	unsigned char class;
	unsigned char subclass;
	unsigned char protocol;
};

void kmod_usb_describe(const struct kmod_usb *usb, struct kmod_usb_descriptor *to);

struct kmod_usb_endpoint {
	unsigned short max_packet;
	unsigned char address;
	unsigned char interval;
};

/* The endpoint of a kind and a direction before which the interface has "before" of these: 0, or -ENXIO. */
int kmod_usb_find(const struct kmod_usb *usb, unsigned int kind, unsigned int direction,
		  unsigned int before, struct kmod_usb_endpoint *to);
/* Logs that there is none. */
void kmod_usb_lacks(const struct kmod_usb *usb, unsigned int kind, unsigned int direction,
		    unsigned int before);

struct kmod_usb_request {
	unsigned char type; /* bRequestType without its direction */
	unsigned char request;
	unsigned short value;
	unsigned short index;
};

/*
 * Transfers, with so many jiffies to take at the most: bytes that went over, or an errno. The buffers may be
 * anywhere.
 */
int kmod_usb_control_in(struct kmod_usb *usb, const struct kmod_usb_request *request,
			unsigned char *to, unsigned short size, unsigned long timeout);
int kmod_usb_control_out(struct kmod_usb *usb, const struct kmod_usb_request *request,
			 const unsigned char *from, unsigned short size, unsigned long timeout);
/* -ENXIO if the interface has no endpoint of that kind at that address. */
int kmod_usb_read(struct kmod_usb *usb, unsigned int kind, unsigned int address,
		  unsigned char *to, unsigned int size, unsigned long timeout);
int kmod_usb_write(struct kmod_usb *usb, unsigned int kind, unsigned int address,
		   const unsigned char *from, unsigned int size, unsigned long timeout);

int kmod_usb_clear_halt(struct kmod_usb *usb, unsigned int kind, unsigned int address);

/*
 * A transfer from the device that nobody waits for. "completed" is called, in an interrupt maybe, with 0 or an errno
 * and what has come, and says whether the device is to be asked once more; not for one that was ended.
 */
struct kmod_urb;
typedef bool kmod_urb_completed(void *data, int status, const unsigned char *bytes,
				unsigned int count);

int kmod_urb_make(struct device *device, unsigned int kind, unsigned int address,
		  unsigned int size, kmod_urb_completed *completed, void *data,
		  struct kmod_urb **to);
int kmod_urb_submit(struct kmod_urb *urb); /* -EBUSY if it is under way */
void kmod_urb_kill(struct kmod_urb *urb);
void kmod_urb_free(struct kmod_urb *urb); /* once nobody submits it any more */

/* A string in UTF-8, with its NUL: how many bytes there are before that, or an errno. */
int kmod_usb_string(struct kmod_usb *usb, unsigned int number, char *to, unsigned int size);

#endif
