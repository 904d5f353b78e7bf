// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with a keymap needs the kernel's for it. */
#include "helpers.h"

#include <linux/slab.h>

static void fill(struct key_entry *to, const struct kmod_input_key_entry *from)
{
	to->type = from->type;
	to->code = from->code;
	if (from->type == KE_SW || from->type == KE_VSW) {
		to->sw.code = from->is;
		to->sw.value = from->value;
	} else {
		to->keycode = from->is;
	}
}

int kmod_input_keymap(struct input_dev *device, const struct kmod_input_plan *plan)
{
	/* One more, which is zeroes: KE_END. */
	struct key_entry *entries = kcalloc(plan->keymap_count + 1, sizeof(*entries), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!entries)
		return -ENOMEM;
	for (i = 0; i < plan->keymap_count; i++)
		fill(&entries[i], &plan->keymap[i]);
	/* It keeps a copy, which goes with the device. */
	ret = sparse_keymap_setup(device, entries, NULL);
	kfree(entries);
	return ret;
}

/* Without a keymap, the kernel would look for its end from NULL on. */
static bool report(struct input_dev *device, unsigned int code, bool value, bool autorelease)
{
	return device->keycode && sparse_keymap_report_event(device, code, value, autorelease);
}

bool kmod_input_report_scan(struct kmod_input *input, unsigned int code, bool value, bool autorelease)
{
	bool known = false;

	kmod_class_gate_pass(&input->gate, known = report(input->device, code, value, autorelease));
	return known;
}

static bool look(struct input_dev *device, unsigned int code, struct kmod_input_key_entry *entry)
{
	const struct key_entry *known = NULL;

	if (device->keycode)
		known = sparse_keymap_entry_from_scancode(device, code);
	if (!known)
		return false;
	entry->code = known->code;
	entry->type = known->type;
	if (known->type == KE_SW || known->type == KE_VSW) {
		entry->is = known->sw.code;
		entry->value = known->sw.value;
	} else {
		/* User space may change it meanwhile. */
		entry->is = READ_ONCE(known->keycode);
		entry->value = false;
	}
	return true;
}

bool kmod_input_scan_entry(struct kmod_input *input, unsigned int code,
			   struct kmod_input_key_entry *entry)
{
	bool known = false;

	kmod_class_gate_pass(&input->gate, known = look(input->device, code, entry));
	return known;
}
