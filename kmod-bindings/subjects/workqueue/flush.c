// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that waits for a work needs it. */
#include "helpers.h"

int kmod_work_flush(struct kmod_work *work)
{
	if (!kmod_gate_is_home(&work->gate))
		return -ENODEV;
	if (current_work() == &work->work)
		return -EDEADLK;
	flush_work(&work->work);
	return 0;
}
