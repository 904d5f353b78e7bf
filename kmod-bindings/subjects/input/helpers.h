/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_INPUT_H
#define KMOD_INPUT_H

#include <linux/input.h>
#include <linux/input/mt.h>
#include <linux/input/sparse-keymap.h>

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

/* What a scan code stands for. */
struct kmod_input_key_entry {
	unsigned int code;
	unsigned short type; /* KE_* */
	unsigned short is; /* KEY_*, or SW_* of KE_SW and KE_VSW */
	bool value; /* of KE_SW */
};

/* What a device has. All of it stays. */
struct kmod_input_plan {
	const unsigned short *keys;
	const unsigned short *relative;
	const unsigned short *switches;
	const struct kmod_input_abs *absolute;
	const unsigned short *force_feedback;
	const struct kmod_input_key_entry *keymap;
	unsigned short keys_count;
	unsigned short relative_count;
	unsigned short switches_count;
	unsigned short absolute_count;
	unsigned short force_feedback_count;
	unsigned short keymap_count;
	unsigned short slots; /* 0 for none */
	unsigned short slot_flags; /* INPUT_MT_* */
	unsigned short bustype;
	unsigned short vendor;
	unsigned short product;
	unsigned short version;
	bool repeat;
	unsigned int poll_interval; /* in milliseconds */
	/* kmod_input_memless(), for a device with force feedback */
	int (*memless)(struct input_dev *device);
	/* kmod_input_keymap(), for a device with a keymap */
	int (*sparse_keymap)(struct input_dev *device, const struct kmod_input_plan *plan);
};

/* Each gets the device's data; what it has not is NULL. */
struct kmod_input_ops {
	int (*open)(void *data);
	void (*close)(void *data);
	void (*poll)(void *data);
	/* In atomic context: FF_RUMBLE has two magnitudes, FF_CONSTANT two axes. */
	void (*play_effect)(void *data, unsigned int type, int first, unsigned int second);
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

/*
 * The same, for a device with several touches: what is reported next is of this slot, which somebody touches with
 * such a tool, or nobody. Nothing is done if there is no such slot.
 */
void kmod_input_slot(struct kmod_input *input, unsigned int slot, unsigned int tool, bool active);
/* All touches of a frame were reported. */
void kmod_input_sync_frame(struct kmod_input *input);

/*
 * sparse_keymap_report_event(), of a device that is made and has a keymap; whether the code is in it. May be called
 * anywhere.
 */
bool kmod_input_report_scan(struct kmod_input *input, unsigned int code, bool value, bool autorelease);
/* What the keymap of such a device has for a code, now; whether it has it. May be called anywhere. */
bool kmod_input_scan_entry(struct kmod_input *input, unsigned int code,
			   struct kmod_input_key_entry *entry);

/* The device has the plan's keymap, which user space may change. Sleeps. */
int kmod_input_keymap(struct input_dev *device, const struct kmod_input_plan *plan);

/* The device plays effects by its play_effect(), and the kernel keeps them for it. */
int kmod_input_memless(struct input_dev *device);

#endif
