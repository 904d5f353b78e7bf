// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module that can panic has an entry in the bug table. */
#include "helpers.h"

#include <linux/bug.h>

void __noreturn kmod_bug(void)
{
	BUG();
}
