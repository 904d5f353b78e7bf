/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IIO_H
#define KMOD_IIO_H

#include <linux/iio/iio.h>

#include "../class/gate.h"
#include "../class/helpers.h"

/*
 * What a channel measures, along which axis or in which colour, and what is known of it: what all kernels have, by
 * numbers that are the same for all of them, as in kmod_core::class::iio.
 */
#define KMOD_IIO_TYPES_END 34
#define KMOD_IIO_MODIFIERS_END 43
#define KMOD_IIO_INFOS_END 27
#define KMOD_IIO_EVENT_TYPES_END 6
#define KMOD_IIO_EVENT_DIRECTIONS_END 4
#define KMOD_IIO_EVENT_INFOS_END 6

/* Who shares what is known: in this order in "infos" and "available". */
enum kmod_iio_shared { KMOD_IIO_SEPARATE, KMOD_IIO_BY_TYPE, KMOD_IIO_BY_DIR, KMOD_IIO_BY_ALL };

/* One channel. */
struct kmod_iio_channel {
	unsigned char type;
	unsigned char modifier; /* by one more than its number; 0 is none */
	bool indexed;
	bool output;
	bool differential;
	unsigned short channel;
	unsigned short channel2; /* if it is differential */
	unsigned int address;
	unsigned int infos[4]; /* a bit for each info */
	unsigned int available[4];
	const char *label; /* if it has one */
	/* How it lies in a scan; storage_bits are 0 if it is of none, and 8, 16, 32 or 64 otherwise. */
	unsigned char sign; /* 's' or 'u' */
	unsigned char real_bits;
	unsigned char storage_bits;
	unsigned char shift;
	unsigned char endianness; /* one of these */
};

#define KMOD_IIO_CPU 0
#define KMOD_IIO_BE 1
#define KMOD_IIO_LE 2

/* What a channel tells of. */
struct kmod_iio_event {
	unsigned int channel; /* its number among those of the plan */
	unsigned char type;
	unsigned char direction;
	unsigned char infos[4]; /* a bit for each info of an event, shared as those of channels */
};

/*
 * Each gets the device's data, and the number of a channel among those of the plan; what it has not is NULL. Two
 * values are read; what tells of their form is one of IIO_VAL_* or an errno.
 */
struct kmod_iio_ops {
	int (*read_raw)(void *data, unsigned int channel, unsigned int info, int *values);
	int (*write_raw)(void *data, unsigned int channel, unsigned int info, int value, int fraction);
	int (*write_raw_get_fmt)(void *data, unsigned int channel, unsigned int info);
	/* 0 for a list, 1 for a range, or an errno. The values stay. */
	int (*read_avail)(void *data, unsigned int channel, unsigned int info, const int **values,
			  int *form, int *length);
	int (*read_event_config)(void *data, unsigned int channel, unsigned int type, unsigned int direction);
	int (*write_event_config)(void *data, unsigned int channel, unsigned int type, unsigned int direction,
				  bool state);
	int (*read_event_value)(void *data, unsigned int channel, unsigned int type, unsigned int direction,
				unsigned int info, int *values);
	int (*write_event_value)(void *data, unsigned int channel, unsigned int type, unsigned int direction,
				 unsigned int info, int value, int fraction);
	/*
	 * Writes a scan: of the channels that have one those that are on, whose bits are set in "active", in their
	 * order, each at a multiple of its length. There are 8 zeroes at "scan" for each that could be on. One call
	 * at a time. 0, or an errno: then there is no scan.
	 */
	int (*trigger_handler)(void *data, const unsigned long *active, unsigned char *scan);
	int (*preenable)(void *data);
	void (*postdisable)(void *data);
};

struct kmod_iio;

/* What a device is. All of it stays. */
struct kmod_iio_plan {
	const char *name;
	const struct kmod_iio_channel *channels;
	unsigned int count;
	/* One channel's after the other's. */
	const struct kmod_iio_event *events;
	unsigned int events_count;
	/* kmod_iio_buffer_*(), if a channel is of a scan; whether its time is, too. */
	int (*buffer_setup)(struct kmod_iio *iio);
	void (*buffer_stop)(struct kmod_iio *iio);
	void (*buffer_cleanup)(struct kmod_iio *iio);
	bool timestamp;
};

/* Registers a device below "parent", or gives an ERR_PTR. */
struct kmod_iio *kmod_iio_make(struct device *parent, const struct kmod_iio_plan *plan,
			       const struct kmod_iio_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_iio_end(struct kmod_iio *iio);

/*
 * Gives it a buffer that a trigger fills, before it is registered; switches it off for good, before it is not any more;
 * takes it back. They are for the plan only: who names them needs a module of the kernel's that not each device has to.
 */
int kmod_iio_buffer_setup(struct kmod_iio *iio);
void kmod_iio_buffer_stop(struct kmod_iio *iio);
void kmod_iio_buffer_cleanup(struct kmod_iio *iio);

/* By which events of a device are told. It may be all zeroes: then none is. */
struct kmod_iio_events {
	struct kmod_class_gate gate;
	struct kmod_iio *iio;
};

/* From now on events of this device are told, until the other is called, which is before kmod_iio_end(). */
void kmod_iio_events_open(struct kmod_iio_events *events, struct kmod_iio *iio);
void kmod_iio_events_shut(struct kmod_iio_events *events);

/*
 * iio_push_event() of the channel with this address, now. Whether it was declared; it is not told otherwise. May be
 * called anywhere.
 */
bool kmod_iio_push_event(struct kmod_iio_events *events, unsigned int address, unsigned int type,
			 unsigned int direction);

#endif
