/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_HID_H
#define KMOD_HID_H

#include <linux/hid.h>

#include "../driver/helpers.h"

/* What of the kernel a device is to have: HID_CONNECT_*. */
static const unsigned int KMOD_HID_HIDINPUT = HID_CONNECT_HIDINPUT;
static const unsigned int KMOD_HID_HIDRAW = HID_CONNECT_HIDRAW;
static const unsigned int KMOD_HID_HIDDEV = HID_CONNECT_HIDDEV;
static const unsigned int KMOD_HID_FF = HID_CONNECT_FF;
static const unsigned int KMOD_HID_DRIVER = HID_CONNECT_DRIVER;

/* The kinds of reports: enum hid_report_type. */
static const unsigned int KMOD_HID_INPUT_REPORT = HID_INPUT_REPORT;
static const unsigned int KMOD_HID_OUTPUT_REPORT = HID_OUTPUT_REPORT;
static const unsigned int KMOD_HID_FEATURE_REPORT = HID_FEATURE_REPORT;

/* A control of a device, as its descriptor has it. */
struct kmod_hid_usage {
	unsigned int usage; /* with its page */
	unsigned int application;
	unsigned int report;
};

/* What input_mapping() says: a type and a code of input events; no type is the kernel's choice. */
struct kmod_hid_mapping {
	unsigned short type;
	unsigned short code;
	bool ignored;
};

/* What a HID driver's functions call besides those of all drivers, each of which may be NULL. */
struct kmod_hid_calls {
	/* The descriptor instead of this one: a part of it, or one that stays. */
	const unsigned char *(*report_fixup)(unsigned long data, unsigned char *bytes,
					     unsigned int *size);
	int (*raw_event)(struct device *device, unsigned int kind, unsigned int report,
			 unsigned char *bytes, unsigned int size);
	int (*event)(struct device *device, const struct kmod_hid_usage *usage, int value);
	void (*input_mapping)(struct device *device, const struct kmod_hid_usage *usage,
			      struct kmod_hid_mapping *mapping);
	/* In atomic context: FF_RUMBLE has two magnitudes, FF_CONSTANT two axes. */
	void (*play_effect)(struct device *device, unsigned int type, int first,
			    unsigned int second);
	/* kmod_hid_memless(), for a driver with force feedback */
	int (*memless)(struct input_dev *device);
	const unsigned short *force_feedback;
	unsigned short force_feedback_count;
	unsigned int connect;
	bool open; /* even while nobody reads */
};

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_hid_driver {
	struct hid_driver driver;
	struct kmod_driver_calls *calls;
	const struct kmod_hid_calls *hid;
};

/* "hid" of the driver is set, all else is all zeroes. */
int kmod_hid_driver_register(struct kmod_hid_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct hid_device_id *ids);
void kmod_hid_driver_unregister(struct kmod_hid_driver *driver);

/*
 * While a device is being bound: connects it to who reads it, with what its driver keeps with it. Whatever
 * is called for it may be called from here on, until it was disconnected.
 */
int kmod_hid_connect(struct device *device, void *data);
void kmod_hid_disconnect(struct device *device);

/* The input device of a device plays effects by its driver's play_effect(), and the kernel keeps them for it. */
int kmod_hid_memless(struct input_dev *device);

struct hid_device *kmod_hid_device(struct device *device); /* or NULL, if it is on another bus */
void kmod_hid_id(const struct hid_device *hid, unsigned int *bus, unsigned int *vendor,
		 unsigned int *product, unsigned int *version);

/* Bytes that went over, or an errno. The first one is the report's number. */
int kmod_hid_get_report(struct hid_device *hid, unsigned int kind, unsigned char *to,
			unsigned int size);
int kmod_hid_set_report(struct hid_device *hid, unsigned int kind, const unsigned char *from,
			unsigned int size);
int kmod_hid_output_report(struct hid_device *hid, const unsigned char *from, unsigned int size);

#endif
