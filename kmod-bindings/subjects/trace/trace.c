// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

bool kmod_tracepoint_is_on(const struct tracepoint *point)
{
	return static_key_enabled((struct static_key *)&point->key);
}
