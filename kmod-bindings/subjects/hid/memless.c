// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a driver with force feedback needs the kernel's module for it. */
#include "helpers.h"
#include "../input/effect.h"

/*
 * With the input device's lock, under which all effects are stopped when it is unregistered: that is while its
 * driver is bound, in kmod_hid_disconnect() at the latest.
 */
static int play(struct input_dev *device, void *data, struct ff_effect *effect)
{
	struct kmod_effect what = kmod_effect_of(effect);
	struct hid_device *hid = input_get_drvdata(device);
	const struct kmod_hid_calls *calls =
		container_of(hid->driver, struct kmod_hid_driver, driver)->hid;

	calls->play_effect(&hid->dev, what.type, what.first, what.second);
	return 0;
}

int kmod_hid_memless(struct input_dev *device)
{
	return input_ff_create_memless(device, NULL, play);
}
