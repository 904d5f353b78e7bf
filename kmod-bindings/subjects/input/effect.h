/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_INPUT_EFFECT_H
#define KMOD_INPUT_EFFECT_H

#include <linux/input.h>

/* What a device without memory is told to play: of FF_RUMBLE two magnitudes, of FF_CONSTANT two axes. */
struct kmod_effect {
	unsigned int type;
	int first;
	unsigned int second;
};

static inline struct kmod_effect kmod_effect_of(const struct ff_effect *effect)
{
	if (effect->type == FF_RUMBLE)
		return (struct kmod_effect) {
			FF_RUMBLE, effect->u.rumble.strong_magnitude, effect->u.rumble.weak_magnitude
		};
	/* The kernel keeps the axes in what is a ramp's. */
	return (struct kmod_effect) {
		FF_CONSTANT, effect->u.ramp.start_level, effect->u.ramp.end_level
	};
}

#endif
