// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with force feedback needs the kernel's for it. */
#include "helpers.h"

/* With the device's lock, under which it is stopped, too. */
static int play(struct input_dev *device, void *data, struct ff_effect *effect)
{
	struct kmod_input *input = input_get_drvdata(device);

	if (effect->type == FF_RUMBLE)
		input->ops->play_effect(input->data, FF_RUMBLE, effect->u.rumble.strong_magnitude,
					effect->u.rumble.weak_magnitude);
	else
		/* The kernel keeps the axes in what is a ramp's. */
		input->ops->play_effect(input->data, FF_CONSTANT, effect->u.ramp.start_level,
					effect->u.ramp.end_level);
	return 0;
}

int kmod_input_memless(struct input_dev *device)
{
	return input_ff_create_memless(device, NULL, play);
}
