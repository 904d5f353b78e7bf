// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with force feedback needs the kernel's for it. */
#include "helpers.h"
#include "effect.h"

/* With the device's lock, under which it is stopped, too. */
static int play(struct input_dev *device, void *data, struct ff_effect *effect)
{
	struct kmod_effect what = kmod_effect_of(effect);
	struct kmod_input *input = input_get_drvdata(device);

	input->ops->play_effect(input->data, what.type, what.first, what.second);
	return 0;
}

int kmod_input_memless(struct input_dev *device)
{
	return input_ff_create_memless(device, NULL, play);
}
