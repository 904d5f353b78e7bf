/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RFKILL_H
#define KMOD_RFKILL_H

#include <linux/rfkill.h>

#include "../class/door.h"
#include "../class/helpers.h"

/* Each gets the radio's data; what it has not is NULL. */
struct kmod_rfkill_ops {
	int (*set_block)(void *data, bool blocked);
	void (*poll)(void *data);
	void (*query)(void *data);
};

/* What a radio is. */
struct kmod_rfkill_plan {
	struct kmod_class_name name;
	unsigned int type;
	bool persistent;
};

/* A radio that may be all zeroes: nobody sets its state until it is made. */
struct kmod_rfkill {
	struct kmod_class_door door;
	struct rfkill *rfkill;
	const struct kmod_rfkill_ops *ops;
	void *data;
	struct rfkill_ops kernel_ops;
};

/* Registers a radio below "parent", which may be NULL. A "query" is called before that, too. */
int kmod_rfkill_make(struct kmod_rfkill *radio, struct device *parent,
		     const struct kmod_rfkill_plan *plan, const struct kmod_rfkill_ops *ops,
		     void *data);

/* Nobody sets its state any more. */
void kmod_rfkill_shut(struct kmod_rfkill *radio);

/* Takes it back, and waits for its functions. Sleeps. After kmod_rfkill_shut(). */
void kmod_rfkill_end(struct kmod_rfkill *radio);

/*
 * rfkill_set_hw_state() and rfkill_set_sw_state(): whether it is blocked. May be called anywhere; of a radio
 * that is not made, or was shut, nothing is set, and it is blocked as it was to be.
 */
bool kmod_rfkill_set_hw_state(struct kmod_rfkill *radio, bool blocked);
bool kmod_rfkill_set_sw_state(struct kmod_rfkill *radio, bool blocked);

/* rfkill_blocked(); false of a radio that is not made, or was shut. May be called anywhere. */
bool kmod_rfkill_blocked(struct kmod_rfkill *radio);

#define KMOD_RFKILL_WLAN 1
#define KMOD_RFKILL_BLUETOOTH 2
#define KMOD_RFKILL_UWB 3
#define KMOD_RFKILL_WIMAX 4
#define KMOD_RFKILL_WWAN 5
#define KMOD_RFKILL_GPS 6
#define KMOD_RFKILL_FM 7
#define KMOD_RFKILL_NFC 8

#endif
