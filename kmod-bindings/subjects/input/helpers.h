/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_INPUT_H
#define KMOD_INPUT_H

#include <linux/input.h>

#include "../class/gate.h"
#include "../class/helpers.h"

/* An absolute axis. */
struct kmod_input_abs {
	unsigned short axis;
	int min;
	int max;
	int fuzz;
	int flat;
	int resolution;
};

/* What a device has. All of it stays. */
struct kmod_input_plan {
	const unsigned short *keys;
	const unsigned short *relative;
	const unsigned short *switches;
	const struct kmod_input_abs *absolute;
	unsigned short keys_count;
	unsigned short relative_count;
	unsigned short switches_count;
	unsigned short absolute_count;
	unsigned short bustype;
	unsigned short vendor;
	unsigned short product;
	unsigned short version;
	bool repeat;
	unsigned int poll_interval; /* in milliseconds */
};

/* Each gets the device's data; what it has not is NULL. */
struct kmod_input_ops {
	int (*open)(void *data);
	void (*close)(void *data);
	void (*poll)(void *data);
};

/* A device that may be all zeroes: nothing can be reported until it is made. */
struct kmod_input {
	struct kmod_class_gate gate;
	struct input_dev *device;
	const struct kmod_input_ops *ops;
	void *data;
	char *name;
};

/* Registers a device below "parent", which may be NULL. */
int kmod_input_make(struct kmod_input *input, struct device *parent,
		    const struct kmod_class_name *name, const struct kmod_input_plan *plan,
		    const struct kmod_input_ops *ops, void *data);

/* Nothing is reported any more. */
void kmod_input_shut(struct kmod_input *input);

/* Takes it back, and waits for its functions. Sleeps. After kmod_input_shut(). */
void kmod_input_end(struct kmod_input *input);

/* input_event(), of a device that is made. May be called anywhere. */
void kmod_input_event(struct kmod_input *input, unsigned int type, unsigned int code, int value);


#endif
